import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { queryOf } from '../../http/body/url-path.js';
import { knownParameters, limitOf, oneValue, refusedParameter } from '../../http/lists/query-parameters.js';
import { parseClientIdField } from '../../wire/named-inputs.js';
import { ACTIONS } from '../action.js';
import { OUTCOMES } from '../outcome.js';
import type { AskedRecord } from './read-record.js';

/** The most entries of one page: each can have 8 KiB. */
export const MOST_OF_A_PAGE = 200;

/** How many a page has when nobody says. */
export const USUAL_PAGE = 50;

const PARAMETERS = ['client_id', 'after', 'limit', 'outcome', 'action'];

/** Of a row, as 8 bytes, big-endian. Entries' own ids tell it as well, so it is no secret. */
const CURSOR = /^[A-Za-z0-9_-]{11}$/;

/** What is asked of the record, as it was asked. */
export interface RecordAsked extends AskedRecord {
  readonly limit: number | undefined;
}

/**
 * The part of the record that a query asks for. Throws `REQUEST.INVALID_FIELD` naming the parameter, also when it comes
 * twice, and `REQUEST.UNKNOWN_PARAMETER`.
 */
export function recordAsked(query: string): RecordAsked {
  const given = knownParameters(query, PARAMETERS);
  const limit = limitOf(given, MOST_OF_A_PAGE);
  const after = oneValue(given, 'after');
  return {
    clientId: parseClientIdField(oneValue(given, 'client_id') ?? '', 'client_id'),
    before: after === undefined ? undefined : rowIn(after),
    limit,
    most: limit ?? USUAL_PAGE,
    outcome: among(OUTCOMES, given, 'outcome', `must be one of ${OUTCOMES.join(', ')}`),
    action: among(ACTIONS, given, 'action', 'must be the name of an action'),
  };
}

/** A `Link` (RFC 8288) to the page that goes on before a row: relative, so that it holds behind any path prefix. */
export function nextPageLink({ clientId, limit, outcome, action }: RecordAsked, before: number): string {
  const query = new URLSearchParams({
    client_id: clientId,
    ...(limit === undefined ? {} : { limit: String(limit) }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(action === undefined ? {} : { action }),
    after: cursorOf(before),
  });
  return `<?${query.toString()}>; rel="next"`;
}

/** As {@link recordAsked}, of the request. */
export const RecordQuery = createParamDecorator((_: unknown, context: ExecutionContext): RecordAsked =>
  recordAsked(queryOf(context.switchToHttp().getRequest<FastifyRequest>().url)),
);

function among<Word extends string>(
  words: readonly Word[],
  given: URLSearchParams,
  name: string,
  rule: string,
): Word | undefined {
  const value = oneValue(given, name);
  if (value === undefined) return undefined;
  const word = words.find((each) => each === value);
  if (word === undefined) throw refusedParameter(name, rule);
  return word;
}

function cursorOf(row: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(row));
  return bytes.toString('base64url');
}

function rowIn(cursor: string): number {
  const row = CURSOR.test(cursor) ? Number(Buffer.from(cursor, 'base64url').readBigUInt64BE()) : Number.NaN;
  // One spelling only: the last character has bits that are not used.
  if (Number.isSafeInteger(row) && cursorOf(row) === cursor) return row;
  throw refusedParameter('after', 'is none of this list; take it from its Link header');
}
