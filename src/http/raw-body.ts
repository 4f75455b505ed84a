import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Bytes; the largest body that any call needs is a fraction of it. */
export const BODY_LIMIT_BYTES = 65_536;

/**
 * Leaves bodies as bytes, whatever their Content-Type: real clients send JSON as `text/plain`, empty bodies as
 * JSON and so on (wire.md section 2.1). They are parsed after the access guard, so that a stranger hears
 * "no token" and not what is wrong with the body.
 */
export function keepBodiesRaw(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT_BYTES }, (_request, body, done) => {
    done(null, body);
  });
}

/** The body's bytes; empty when there was none. */
export function rawBodyOf(request: FastifyRequest): Uint8Array {
  return request.body instanceof Uint8Array ? request.body : new Uint8Array();
}
