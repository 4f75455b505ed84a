import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../errors/domain-error.js';
import type { ErrorCode } from '../../errors/error-catalogue.js';
import type { RepeatableCall } from './kept-answer.js';

const HEADER = 'Idempotency-Key';
const VISIBLE_ASCII = /^[\x21-\x7E]{1,255}$/;

/** What a call with {@link Repeatable} can answer with beside its own. */
export const OF_ANY_REPETITION = [
  'REQUEST.INVALID_FIELD',
  'IDEMPOTENCY.KEY_REUSED',
  'IDEMPOTENCY.IN_FLIGHT',
  'IDEMPOTENCY.ANSWER_GONE',
] as const satisfies readonly ErrorCode[];

/**
 * The call as one that may be repeated; `undefined` without `Idempotency-Key`. Throws `REQUEST.INVALID_FIELD` for a key
 * that is none.
 */
export const Repeatable = createParamDecorator((_: unknown, context: ExecutionContext): RepeatableCall | undefined => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !VISIBLE_ASCII.test(key)) {
    throw new DomainError('REQUEST.INVALID_FIELD', `${HEADER}: must be 1 to 255 visible ASCII characters`, {
      field: HEADER,
    });
  }
  const reply = context.switchToHttp().getResponse<FastifyReply>();
  return {
    idempotencyKey: key,
    asked: [request.method, request.url, request.body instanceof Uint8Array ? request.body : ''],
    tellRepeated: () => {
      void reply.header('Idempotency-Replayed', 'true');
    },
  };
});

/** Documents the header. */
export const ApiRepeatable = (): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: HEADER,
      required: false,
      description:
        'Any text of your own, new for each thing to be made, such as a UUID. For 24 hours the same call with the same ' +
        'key answers as the first time (with `Idempotency-Replayed: true`) and makes nothing.',
    }),
  );
