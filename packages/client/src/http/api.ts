import createClient from 'openapi-fetch';
import type { Client } from 'openapi-fetch';
import type { paths } from '../openapi.js';
import { toHex } from '../hex.js';
import { jsonText } from './json-text.js';
import { retryingFetch } from './retrying-fetch.js';
import type { Patience } from './retrying-fetch.js';

/** A token, or what gives one for each request: a sign-in that renews it. */
export type TokenSource = string | (() => string | undefined | Promise<string | undefined>);

export interface KmsOptions extends Partial<Patience> {
  /** Where the service is, with its path behind a proxy; without a final slash or with. */
  readonly url: string;
  /** Of whoever calls. Signing needs none, and is sent none: the user's half of the signature says who it is. */
  readonly token?: TokenSource | undefined;
}

/** Every operation of the service's OpenAPI document, with its types. Rejects as `retryingFetch` does. */
export type Api = Client<paths>;

const PATIENCE = { retries: 3, timeoutMs: 30_000, longestWaitMs: 10_000 };
/** By their last words, since both dialects have them. */
const SIGNING = /\/sign\/(msg|txn)$/;
/** The calls that take an Idempotency-Key. */
const MAKING = /\/(wallet|store|key\/[^/]+|share)$/;

export function createApi({ url, token, ...patience }: KmsOptions): Api {
  const send = retryingFetch({ ...PATIENCE, ...patience });
  const api = createClient<paths>({
    baseUrl: url.replace(/\/$/, ''),
    fetch: send,
    bodySerializer: (body) => jsonText(body),
  });
  api.use({
    onRequest: async ({ request }) => {
      const { pathname } = new URL(request.url);
      const value = typeof token === 'function' ? await token() : token;
      if (value !== undefined && !SIGNING.test(pathname)) request.headers.set('X-Jwt-Token', value);
      if (request.method === 'POST' && MAKING.test(pathname) && !request.headers.has('Idempotency-Key')) {
        request.headers.set('Idempotency-Key', newKey());
      }
    },
  });
  return api;
}

/** The body of a success. The types of the client know of failures, which `retryingFetch` has thrown before. */
export async function bodyOf<T>(call: Promise<{ readonly data?: T }>): Promise<T> {
  const { data } = await call;
  return data as T;
}

/** Of 16 random bytes: `randomUUID` is there in secure contexts alone. */
function newKey(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(16)));
}
