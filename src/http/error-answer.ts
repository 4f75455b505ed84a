import type { DomainError } from '../errors/domain-error.js';
import { ERROR_CATALOGUE } from '../errors/error-catalogue.js';
import { dialectOf, routeOf } from './dialect.js';
import type { Routed } from './dialect.js';
import { statusOf } from './error-statuses.js';

export interface ErrorAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** The request as far as its error's form depends on it. */
export type AskedFor = Routed & { readonly id: string; readonly method: string };

/**
 * How an error is told: RFC 9457 problem+json in the documented API; one plain line in the SDK dialect, whose
 * clients take anything that decodes as JSON for success (wire.md section 1).
 */
export function errorAnswer(error: DomainError, request: AskedFor): ErrorAnswer {
  const dialect = dialectOf(request);
  const status = statusOf(error.code, dialect, request.method, routeOf(request));
  if (dialect === 'sdk') {
    return { status, contentType: 'text/plain; charset=utf-8', body: `${oneLine(error.message)}\n` };
  }
  const problem = {
    type: `urn:split-key-kms:error:${error.code}`,
    title: ERROR_CATALOGUE[error.code].title,
    status,
    detail: oneLine(error.message),
    code: error.code,
    ...(error.field === undefined ? {} : { field: error.field }),
    request_id: request.id,
  };
  return { status, contentType: 'application/problem+json; charset=utf-8', body: JSON.stringify(problem) };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
