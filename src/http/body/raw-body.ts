import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Bytes; the largest body that any call needs is a fraction of it. */
export const BODY_LIMIT_BYTES = 65_536;

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
  fastify.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT_BYTES }, (_request, body, done) => {
    done(null, body);
  });
}

/** The body's bytes; empty when there was none. */
export function rawBodyOf(request: FastifyRequest): Uint8Array {
  return request.body instanceof Uint8Array ? request.body : new Uint8Array();
}
