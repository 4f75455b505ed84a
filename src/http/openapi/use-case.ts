import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { Action } from '../../audit/action.js';
import { AuditedAs } from '../../audit/audited-as.js';
import { ERROR_CATALOGUE } from '../../errors/error-catalogue.js';
import type { ErrorCode } from '../../errors/error-catalogue.js';
import type { RouteOfBodies } from '../body/raw-body.js';
import type { RouteOfUseCase } from '../bulkheads/route-lanes.js';
import { statusOf } from '../errors/error-statuses.js';

interface UseCaseDocs {
  readonly summary: string;
  readonly description?: string;
  /** Every code that this call can answer with, beside those of any request. */
  readonly errors: readonly ErrorCode[];
  /** How large a body may be, where it is not as everywhere. */
  readonly bodyLimitBytes?: number;
  /** The partial signature authenticates; a token may come along. */
  readonly tokenIsOptional?: boolean;
}

const OF_ANY_REQUEST: readonly ErrorCode[] = [
  'REQUEST.REFUSED',
  'REQUEST.MISDIRECTED',
  'REQUEST.URI_TOO_LONG',
  'REQUEST.HEADERS_TOO_LARGE',
  'REQUEST.TIMEOUT',
  'REQUEST.EXPECTATION_FAILED',
  'RATE.LIMITED',
  'SERVICE.OVERLOADED',
  'SERVICE.SEALED',
  'WRITES.OVERLOADED',
  'DATABASE.BUSY',
  'RECORD.ALTERED',
  'AUDIT.UNAVAILABLE',
  'INTERNAL',
];
const OF_ANY_TOKEN: readonly ErrorCode[] = [
  'TOKEN.MISSING',
  'TOKEN.INVALID',
  'TOKEN.EXPIRED',
  'TOKEN.CONFLICT',
  'TOKEN.KEYS_UNAVAILABLE',
];

/** What a body can do wrong. */
export const OF_ANY_BODY = [
  'REQUEST.MALFORMED_JSON',
  'REQUEST.INVALID_FIELD',
  'REQUEST.UNKNOWN_FIELD',
  'REQUEST.BODY_TOO_LARGE',
  'REQUEST.UNSUPPORTED_ENCODING',
] as const satisfies readonly ErrorCode[];

/**
 * Names a route's use case (in the record, and as OpenAPI's operationId) and documents it with every
 * error it can answer with.
 */
export function UseCase(name: Action, docs: UseCaseDocs): MethodDecorator {
  const { summary, description, bodyLimitBytes, tokenIsOptional = false } = docs;
  const ofToken = OF_ANY_TOKEN.filter((code) => !tokenIsOptional || code !== 'TOKEN.MISSING');
  const codes = [...new Set([...docs.errors, ...ofToken, ...OF_ANY_REQUEST])];
  return applyDecorators(
    AuditedAs(name),
    RouteConfig({ action: name, bodyLimitBytes } satisfies RouteOfUseCase & RouteOfBodies),
    ApiOperation({
      operationId: name,
      summary,
      ...(description === undefined ? {} : { description }),
      ...(tokenIsOptional ? { security: [{}, { token: [] }, { bearer: [] }] } : {}),
    }),
    ...errorResponses(codes),
  );
}

/** Documents a route that has no name in the record with the errors that are its own. */
export function Refuses(codes: readonly ErrorCode[]): MethodDecorator {
  return applyDecorators(...errorResponses(codes));
}

function errorResponses(codes: readonly ErrorCode[]): MethodDecorator[] {
  const statuses = new Set(codes.map((code) => statusOf(code, 'documented', '', '')));
  return [...statuses].map((status) => {
    const ofStatus = codes.filter((code) => statusOf(code, 'documented', '', '') === status);
    return ApiResponse({
      status,
      description: ofStatus.map((code) => `\`${code}\`: ${ERROR_CATALOGUE[code].title}.`).join('\n\n'),
      content: {
        'application/problem+json': {
          schema: { $ref: '#/components/schemas/Problem' },
          examples: Object.fromEntries(ofStatus.map((code) => [code, { value: exampleOf(code, status) }])),
        },
      },
    });
  });
}

function exampleOf(code: ErrorCode, status: number): Record<string, unknown> {
  const { title } = ERROR_CATALOGUE[code];
  return { type: `urn:split-key-kms:error:${code}`, title, status, detail: title, code, request_id: 'b1c1…' };
}
