import { ApiQuery } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../errors/domain-error.js';

const PARAMETER = 'dry_run';

/** Whether the request asks only what would be decided. Of any other value than 1 nobody knows: see {@link isDryRun}. */
export function asksForDryRun(request: FastifyRequest): boolean {
  return valueIn(request) === '1';
}

/**
 * As {@link asksForDryRun}. Throws `REQUEST.INVALID_FIELD` for any other value, also when it comes twice: what was meant
 * as a dry run must never sign.
 */
export function isDryRun(request: FastifyRequest): boolean {
  const value = valueIn(request);
  if (value === undefined || value === '1') return value === '1';
  throw new DomainError('REQUEST.INVALID_FIELD', `${PARAMETER}: must be 1, once, or absent`, { field: PARAMETER });
}

/** A list where it comes more than once. */
function valueIn(request: FastifyRequest): unknown {
  return (request.query as Partial<Record<typeof PARAMETER, unknown>>)[PARAMETER];
}

/** Documents the parameter. */
export const ApiDryRun = (): MethodDecorator =>
  ApiQuery({
    name: PARAMETER,
    required: false,
    enum: ['1'],
    description:
      'say what would be decided, rule by rule, to whoever would be told it otherwise: nothing is signed, counted or ' +
      'recorded. The answer is 200, also when it is no',
  });
