import { randomUUID } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { callerOf } from './caller.js';
import { clientAddressOf, networkOf } from './client-address.js';
import { clientRequestIdOf } from './client-request-id.js';
import type { UserId } from './user-id.js';

/** On whose behalf something is done, and in which request. */
export interface Actor {
  /** Absent where the partial signature alone is the authentication. */
  readonly userId: UserId | undefined;
  readonly requestId: string;
  /** What the client calls the request, if it does. */
  readonly clientRequestId?: string | undefined;
  /** The network that the request came from, as `networkOf` names it. */
  readonly network?: string | undefined;
}

/** An {@link Actor} that a token has proven. */
export interface TokenActor extends Actor {
  readonly userId: UserId;
}

/** The service, in what nobody has asked it for; the id shows in the record what was done together. */
export function serviceItself(): Actor {
  return { userId: undefined, requestId: `service-${randomUUID()}` };
}

export function actorOf(request: FastifyRequest): Actor {
  return {
    userId: callerOf(request)?.userId,
    requestId: request.id,
    clientRequestId: clientRequestIdOf(request),
    network: networkOf(clientAddressOf(request.raw)),
  };
}

/** The caller of a route with `@Access('token')`. Throws where the guard let somebody through without one. */
export const TokenCaller = createParamDecorator((_: unknown, context: ExecutionContext): TokenActor => {
  const { userId, ...request } = actorOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (userId === undefined) throw new Error('a route asked for its caller without declaring token access');
  return { userId, ...request };
});
