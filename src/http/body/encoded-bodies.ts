import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from '../../errors/domain-error.js';

/**
 * Refuses bodies that are compressed or otherwise encoded, before they are read: taken as they come they would be
 * called malformed JSON. None is decoded: no call needs it, and a small body could unfold into a large one.
 */
export function refuseEncodedBodies(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { 'content-encoding': encoding } = request.headers;
    if (encoding === undefined || isIdentity(encoding) || request.is404 || !hasBody(request)) done();
    else done(new DomainError('REQUEST.UNSUPPORTED_ENCODING', 'send the body as it is, without Content-Encoding'));
  });
}

function isIdentity(encoding: string): boolean {
  return /^\s*(identity)?\s*$/i.test(encoding);
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
