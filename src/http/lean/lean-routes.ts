import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Action } from '../../audit/action.js';
import type { DomainError } from '../../errors/domain-error.js';
import { CallerIdentification } from '../../identity/caller-identification.js';
import { rememberProof } from '../../identity/caller.js';
import { clientAddressOf, networkOf } from '../../identity/client-address.js';
import { bringsToken } from '../../identity/presented-token.js';
import { Refusals } from '../errors/refusals.js';

/**
 * Admission control of a route: how many requests it lets in, and what the others are told. Of a request that brings no
 * token, the network that it comes from may have less room than there is; of others it is not known yet whose share counts.
 */
export interface Admission {
  /** How many more may come in now; at 0 they are refused before anything is read but their head. */
  readonly room: (network?: string) => number;
  /** How many of them may come from the waiting room. */
  readonly roomForWaiting: (network?: string) => number;
  /** What is told for want of room. Called once for each request that is told. */
  readonly refuse: () => DomainError;
}

/** The network whose share of places a request would take one of; `undefined` where a token may say another. */
export function shareOf(request: IncomingMessage): string | undefined {
  return bringsToken(request) ? undefined : networkOf(clientAddressOf(request));
}

/** The JSON text of an answer, and what it says beside. */
export interface LeanAnswer {
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How a route is answered without Nest's pipeline. */
export interface LeanRoute extends Admission {
  /** As in `@UseCase`. */
  readonly action: Action;
  /** The most bytes of a body; absent: as many as any call takes. */
  readonly bodyLimitBytes?: number;
  /** Whether a refusal of this request has no place in the record, since nothing would have come of it; absent: never. */
  readonly isUnrecorded?: (request: FastifyRequest) => boolean;
  /** The answer; the status is 200. Rejects with what the caller is to be told. */
  readonly answer: (request: FastifyRequest) => Promise<LeanAnswer>;
}

/**
 * The fast path: routes that are declared in controllers like all others, but served by Fastify alone: their guard,
 * interceptors, parameter decorators and RxJS cost Nest more than the whole of their HTTP and SQL (docs/adr/0014). What
 * those do is done here, in the same order: who calls, the answer, and for a failure first the record and then the
 * telling.
 *
 * Only for `POST` routes with `@Access('partial-signature')`, where a token is optional.
 */
@Injectable()
export class LeanRoutes {
  readonly #routes = new Map<string, LeanRoute>();
  readonly #turnedAway = new WeakSet<IncomingMessage>();

  constructor(
    private readonly callers: CallerIdentification,
    private readonly refusals: Refusals,
  ) {}

  /** To be called before Nest declares its routes, so in a controller's constructor. */
  add(paths: readonly string[], route: LeanRoute): void {
    for (const path of paths) this.#routes.set(path, route);
  }

  /** Takes the added routes over as Nest declares them. The server does not start if one of them is not declared. */
  install(fastify: FastifyInstance): void {
    const served = new Set<string>();
    fastify.addHook('onRoute', (options) => {
      const route = options.method === 'POST' ? this.#routes.get(options.url) : undefined;
      if (route === undefined) return;
      options.onRequest = [
        ...[options.onRequest ?? []].flat(),
        (request, reply, done) => {
          if (route.room(shareOf(request.raw)) > 0 && !this.#turnedAway.has(request.raw)) done();
          else this.refusals.tell(route.refuse(), request, reply);
        },
      ];
      if (route.bodyLimitBytes !== undefined) options.bodyLimit = route.bodyLimitBytes;
      options.handler = (request, reply) => this.#serve(route, request, reply);
      served.add(options.url);
    });
    fastify.addHook('onReady', (done) => {
      const missing = [...this.#routes.keys()].filter((path) => !served.has(path));
      done(missing.length === 0 ? undefined : new Error(`no controller declares POST ${missing.join(', ')}`));
    });
  }

  /** The route that serves a `POST` to this path, which is without a query. */
  routeOf(path: string): LeanRoute | undefined {
    return this.#routes.get(path);
  }

  /** Has a request refused for want of room when it comes to its route, whatever room there is then. */
  turnAway(request: IncomingMessage): void {
    this.#turnedAway.add(request);
  }

  async #serve(route: LeanRoute, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    try {
      await this.callers.identify(request);
      const { text, headers } = await route.answer(request);
      rememberProof(request);
      void reply.header('Content-Type', 'application/json; charset=utf-8');
      if (headers !== undefined) void reply.headers(headers);
      return text;
    } catch (refusal) {
      this.refusals.tell(await this.#recorded(refusal, route, request), request, reply);
      return reply;
    }
  }

  /** The refusal itself, or why it could not be recorded. */
  async #recorded(refusal: unknown, { action, isUnrecorded }: LeanRoute, request: FastifyRequest): Promise<unknown> {
    if (isUnrecorded?.(request) === true) return refusal;
    try {
      await this.refusals.record(refusal, action, request);
      return refusal;
    } catch (unrecorded) {
      return unrecorded;
    }
  }
}
