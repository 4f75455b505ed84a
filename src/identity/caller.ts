import type { FastifyRequest } from 'fastify';
import type { UserId } from './user-id.js';

/** The principal: who sent a request, as a token has proven. */
export interface ProvenCaller {
  readonly userId: UserId;
}

// Beside the request, not on it: nothing that parses or decorates requests can put a caller here.
const callers = new WeakMap<FastifyRequest, ProvenCaller>();

/** The caller of a request; `undefined` where no token was needed and none came. */
export function callerOf(request: FastifyRequest): ProvenCaller | undefined {
  return callers.get(request);
}

/** For the access guard alone. */
export function rememberCaller(request: FastifyRequest, caller: ProvenCaller): void {
  callers.set(request, caller);
}
