import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { FastifyBaseLogger } from 'fastify';
import { errorAnswer } from './error-answer.js';
import type { LeanRoute, LeanRoutes } from './lean-routes.js';
import type { Refusals } from './refusals.js';
import { pathOf } from './url-path.js';
import { WaitingRoom } from './waiting-room.js';

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Refuses requests of the lean routes that there is no room for, with as little work as Node's HTTP server can do:
 * under overload nearly all requests are refused, and what that takes is taken from those that are let in.
 *
 * What needs more than the plain answer goes on to Fastify, where {@link LeanRoutes} refuses it as well: requests of
 * browsers (their `Origin` decides about headers) and paths with a query.
 *
 * Whoever was refused and asks again at once is not refused again at once: see {@link WaitingRoom}.
 */
export class LoadShedding {
  readonly #ofEveryAnswer: readonly string[];
  readonly #waitingRoom: WaitingRoom;

  /** @param headers what every answer of the service has, by name */
  constructor(
    private readonly routes: LeanRoutes,
    private readonly refusals: Refusals,
    private readonly log: FastifyBaseLogger,
    headers: Readonly<Record<string, string>>,
  ) {
    this.#waitingRoom = new WaitingRoom((waiting) => {
      this.refusals.keptWaiting(waiting);
    });
    this.#ofEveryAnswer = Object.entries(headers).flat();
  }

  /** Looks at each request first and leaves to `handle` what it does not refuse. */
  before(handle: Handle): Handle {
    return (request, response) => {
      const { method, url = '', socket } = request;
      const route = method === 'POST' ? this.routes.routeOf(pathOf(url)) : undefined;
      if (route === undefined || route.roomForWaiting() > 0) {
        handle(request, response);
        return;
      }
      const decide = (room: number): void => {
        if (room > 0) handle(request, response);
        else this.#refuse(route, request, response, handle);
      };
      const enter = (): void => {
        decide(route.roomForWaiting());
      };
      if (!this.#waitingRoom.keep(socket, route.roomForWaiting, enter)) decide(route.room());
    };
  }

  /** Puts itself before whatever handles a server's requests by now. */
  standBefore(server: Server): void {
    const [handle] = server.listeners('request') as Handle[];
    if (handle === undefined || server.listenerCount('request') > 1) throw new Error('a server has one handler');
    server.removeAllListeners('request');
    server.on('request', this.before(handle.bind(server)));
  }

  #refuse(route: LeanRoute, request: IncomingMessage, response: ServerResponse, handle: Handle): void {
    const { method = '', url = '', socket } = request;
    this.#waitingRoom.told(socket);
    if (request.headers.origin !== undefined || url.includes('?')) {
      this.routes.turnAway(request);
      handle(request, response);
      return;
    }
    const refusal = route.refuse();
    const id = randomUUID();
    const { status, headers, body } = errorAnswer(refusal, { id, method, url, routeOptions: { url } });
    // One flat list: Node takes names and values as they are, instead of keeping and checking each.
    response.writeHead(status, [
      ...this.#ofEveryAnswer,
      ...['X-Request-Id', id],
      ...Object.entries(headers).flat(),
      ...['Content-Length', String(Buffer.byteLength(body))],
    ]);
    response.end(body);
    this.refusals.turnedAway(refusal, { log: this.log, method, route: url, status });
  }
}
