import type { FastifyRequest } from 'fastify';

/** What ids of requests look like (UUIDs, ULIDs, base64, trace ids); nothing that could forge a line or a label. */
const FORM = /^[A-Za-z0-9._~:+/=@-]{1,128}$/;

/**
 * The client's own `X-Request-Id`, for whoever looks a request up by it. It is the client's word, kept beside our own id
 * and never in its place. `undefined` where none came, several did, or it has another form.
 */
export function clientRequestIdOf({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const id = headers['x-request-id'];
  return typeof id === 'string' && FORM.test(id) ? id : undefined;
}
