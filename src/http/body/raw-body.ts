import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from '../../errors/domain-error.js';
import { utf8Text } from '../../json/utf8-text.js';

/** Bytes; the largest body that any call needs is a fraction of it. */
export const BODY_LIMIT_BYTES = 65_536;

/** What a route says of its own bodies. */
export interface RouteOfBodies {
  /** Absent: {@link BODY_LIMIT_BYTES}. */
  readonly bodyLimitBytes?: number | undefined;
}

/** `type/subtype` as RFC 9110 section 8.3.1 has it, with or without parameters. */
const MEDIA_TYPE = /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(;|$)/;

/**
 * Leaves bodies as bytes, whatever their Content-Type: real clients send JSON as `text/plain`, empty bodies as
 * JSON and so on (wire.md section 2.1). They are parsed after the access guard, so that a stranger hears
 * "no token" and not what is wrong with the body.
 */
export function keepBodiesRaw(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addHook('onRequest', ({ headers }, _reply, done) => {
    // Fastify refuses a Content-Type such as `json` by itself; here it says as little as any other.
    if (!MEDIA_TYPE.test(headers['content-type'] ?? '')) delete headers['content-type'];
    done();
  });
  fastify.addHook('onRoute', (route) => {
    const { bodyLimitBytes } = (route.config ?? {}) as RouteOfBodies;
    if (bodyLimitBytes !== undefined) route.bodyLimit = bodyLimitBytes;
  });
  fastify.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT_BYTES }, (_request, body, done) => {
    done(null, body);
  });
}

/**
 * The body's text as it came, for the parsers that must not lose a digit; empty when there was none. Throws
 * `REQUEST.MALFORMED_JSON` when the bytes are not UTF-8, so that no two readers can see different texts in the same
 * bytes.
 */
export function bodyTextOf(request: FastifyRequest): string {
  if (!(request.body instanceof Uint8Array)) return '';
  const text = utf8Text(request.body);
  if (text === undefined) throw new DomainError('REQUEST.MALFORMED_JSON', 'the body is not valid UTF-8');
  return text;
}
