import { expect } from '@jest/globals';
import { problemOf } from './api-client.js';
import type { Answer, ApiClient } from './api-client.js';
import { plainLineOf } from './dialects.js';
import type { TestServer } from './test-server.js';

/** How ZAuth's calls differ in the two dialects (wire.md section 1). */
export interface ZauthDialect {
  readonly dialect: 'documented' | 'sdk';
  readonly prefix: '' | '/zauth';
  /** The status for an unknown split key in `/sign/*` and `GET /key`. */
  readonly unknownSplitKey: 400 | 500;
}

export const DOCUMENTED: ZauthDialect = { dialect: 'documented', prefix: '', unknownSplitKey: 400 };
export const SDK: ZauthDialect = { dialect: 'sdk', prefix: '/zauth', unknownSplitKey: 500 };

/** For `describe.each`: the calls that both dialects have. */
export const ZAUTH_DIALECTS: readonly ZauthDialect[] = [DOCUMENTED, SDK];

/** The user's client for ZAuth's calls in this dialect. */
export function zauthOf(server: TestServer, user: string, { prefix }: ZauthDialect = SDK): ApiClient {
  return server.as(user, `${server.url}${prefix}`);
}

/** A client for ZAuth's calls without a token. */
export function zauthWithoutToken(server: TestServer, { prefix }: ZauthDialect): ApiClient {
  return server.anonymous(`${server.url}${prefix}`);
}

/** What each refusal says. The SDK dialect has no codes, so there the words tell the refusals apart. */
const WORDS = {
  'SPLIT_KEY.UNKNOWN': 'unknown split key',
  'SPLIT_KEY.REVOKED': 'the split key has been revoked',
  'SPLIT_KEY.FROZEN': 'its owner has frozen the wallet of the split key',
  'SPLIT_KEY.EXPIRED': 'the split key has expired',
  'SIGNING.PARTIAL_INVALID': 'signature: is not a valid partial signature over this hash',
  'TRANSACTION.HASH_MISMATCH': 'hash: is not the hash of this transaction',
  'MESSAGE.HASH_MISMATCH': 'hash: is not the SHA3-256 of the text in message',
  'SETUP.REFUSED': 'this split key cannot be set up',
  'REQUEST.MISSING_HEADER': 'the header X-Peer-Public-Key is required',
  'REQUEST.ROUTE_UNKNOWN': 'there is no such route',
} as const;

/** Fails the test unless the answer is this refusal, in the dialect's own form. */
export function expectRefusal(
  { dialect }: Pick<ZauthDialect, 'dialect'>,
  answer: Answer,
  code: keyof typeof WORDS,
  status = 400,
): void {
  expect(answer.text).not.toMatch(/resource not found/i);
  if (dialect === 'sdk') expect(plainLineOf(answer, status)).toBe(WORDS[code]);
  else expect(problemOf(answer, status)).toMatchObject({ code, detail: WORDS[code], status });
}

/** Fails the test unless the answer is a refusal with this code whose words begin so. */
export function expectRefusalThatSays(
  { dialect }: Pick<ZauthDialect, 'dialect'>,
  answer: Answer,
  code: string,
  words: string,
  status = 400,
): void {
  const said = dialect === 'sdk' ? plainLineOf(answer, status) : problemOf(answer, status).detail;
  expect(said.slice(0, words.length)).toBe(words);
  if (dialect === 'documented') expect(problemOf(answer, status).code).toBe(code);
}

/** Fails the test unless the answer refuses this field, or header, as malformed. */
export function expectRefusedField({ dialect }: Pick<ZauthDialect, 'dialect'>, answer: Answer, field: string): void {
  expectRefusalThatSays({ dialect }, answer, 'REQUEST.INVALID_FIELD', `${field}: `);
  if (dialect === 'documented') expect(problemOf(answer).field).toBe(field);
}
