import cors from '@fastify/cors';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { CorsOrigins } from '../../config/cors-origins.js';
import { EVIDENCE_HEADERS } from '../evidence-headers.js';

/**
 * What browsers may send (wire.md section 2.3). The WASM SDK really sends the last of the first line. The others are
 * those of conditional and repeatable requests, and of the tracing that front ends add to every call by themselves.
 */
const ALLOWED_HEADERS = [
  ...['X-Jwt-Token', 'X-Peer-Public-Key', 'Content-Type', 'Authorization', 'Access-Control-Allow-Origin'],
  ...['If-Match', 'Idempotency-Key', 'X-Request-Id'],
  ...['traceparent', 'tracestate', 'baggage', 'sentry-trace'],
].join(', ');

/** What a page may read of an answer beside what every page may. */
const EXPOSED_HEADERS = [
  ...['X-Request-Id', 'Retry-After', 'ETag', 'Link', 'Idempotency-Replayed'],
  ...Object.values(EVIDENCE_HEADERS),
].join(', ');

/** A page's label where the list has `*`, as browsers send host names: lower case, Punycode. */
const ONE_LABEL = '[a-z0-9_-]{1,63}';

/**
 * Answers preflights, and says of every answer which page may read it.
 *
 * Not by Nest's `enableCors`, which sets the headers twice and so takes Node's slow way of writing all of them.
 */
export async function serveCors(app: NestFastifyApplication, origins: CorsOrigins): Promise<void> {
  await app.register(cors, {
    origin: origins === '*' ? '*' : origins.map(matching),
    methods: ['GET', 'POST', 'PUT', 'OPTIONS'],
    allowedHeaders: ALLOWED_HEADERS,
    exposedHeaders: EXPOSED_HEADERS,
    credentials: false,
    maxAge: 600,
    // An OPTIONS that is no preflight is answered like one, instead of with an error in a third form.
    strictPreflight: false,
  });
}

/** The same headers for an answer that is made outside Fastify's hooks, to a page of this origin or to no page. */
export function corsHeaders(origins: CorsOrigins, origin?: string): Readonly<Record<string, string>> {
  const exposed = { 'Access-Control-Expose-Headers': EXPOSED_HEADERS };
  if (origins === '*') return { 'Access-Control-Allow-Origin': '*', ...exposed };
  return {
    ...variance(origins),
    ...(isListed(origins, origin) ? { 'Access-Control-Allow-Origin': origin } : {}),
    ...exposed,
  };
}

/** What tells caches that an answer is for one origin; nothing when it is the same for all. */
export function variance(origins: CorsOrigins): Readonly<Record<string, string>> {
  return origins === '*' ? {} : { Vary: 'Origin' };
}

function isListed(origins: readonly string[], origin: string | undefined): origin is string {
  if (origin === undefined) return false;
  return origins.map(matching).some((one) => (typeof one === 'string' ? one === origin : one.test(origin)));
}

function matching(origin: string): string | RegExp {
  if (!origin.includes('*')) return origin;
  const [before = '', behind = ''] = origin.split('*').map((part) => part.replaceAll(/[.\-/]/g, String.raw`\$&`));
  return new RegExp(`^${before}${ONE_LABEL}${behind}$`);
}
