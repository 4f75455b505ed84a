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

/** Requests whose partial signature verified: their sender holds a split key, whoever that is. */
const proven = new WeakSet<FastifyRequest>();

export function rememberProof(request: FastifyRequest): void {
  proven.add(request);
}

/** Whether its sender has proven anything, by a token or by a partial signature. */
export function isAuthenticated(request: FastifyRequest): boolean {
  return callers.has(request) || proven.has(request);
}

/** For the access guard alone. */
export function rememberCaller(request: FastifyRequest, caller: ProvenCaller): void {
  callers.set(request, caller);
}
