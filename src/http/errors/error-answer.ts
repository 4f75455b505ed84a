import type { DomainError, RefusingRule } from '../../errors/domain-error.js';
import { ERROR_CATALOGUE } from '../../errors/error-catalogue.js';
import { dialectOf, routeOf } from '../dialect/dialect.js';
import type { Routed } from '../dialect/dialect.js';
import { statusOf } from './error-statuses.js';

/**
 * What every 503 says: a full queue empties in well under a second, and a worker is replaced in less. And every 429: any
 * limit of rate lets one through in a second.
 */
export const RETRY_AFTER_SECONDS = 1;

export interface ErrorAnswer {
  readonly status: number;
  /** What the answer says beside its body. */
  readonly headers: Readonly<Record<string, string>>;
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
  const { retryAfterSeconds } = error;
  if (dialect === 'sdk') {
    return { status, headers: headersOf(status, 'text/plain', retryAfterSeconds), body: `${oneLine(error.message)}\n` };
  }
  const problem = {
    type: `urn:split-key-kms:error:${error.code}`,
    title: ERROR_CATALOGUE[error.code].title,
    status,
    detail: oneLine(error.message),
    code: error.code,
    ...(error.field === undefined ? {} : { field: error.field }),
    ...membersOf(error.rule),
    request_id: request.id,
  };
  const headers = headersOf(status, 'application/problem+json', retryAfterSeconds);
  return { status, headers, body: JSON.stringify(problem) };
}

/** Which rule said no, as the members of a problem. */
function membersOf(refusing: RefusingRule | undefined): Record<string, unknown> {
  if (refusing === undefined) return {};
  const { rule, reason, retryAfterSeconds } = refusing;
  return { reason, rule, ...(retryAfterSeconds === undefined ? {} : { retry_after_seconds: retryAfterSeconds }) };
}

/** @param retryAfterSeconds where the error knows better than its status; nobody but those of a 503 is held to it */
function headersOf(status: number, type: string, retryAfterSeconds?: number): Record<string, string> {
  const headers: Record<string, string> = { 'Content-Type': `${type}; charset=utf-8` };
  if (status === 401) headers['WWW-Authenticate'] = 'Bearer';
  if (status === 415) headers['Accept-Encoding'] = 'identity';
  if (retryAfterSeconds !== undefined) headers['Retry-After'] = String(retryAfterSeconds);
  else if (status === 503 || status === 429) headers['Retry-After'] = String(RETRY_AFTER_SECONDS);
  return headers;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
