import type { IncomingMessage, ServerResponse } from 'node:http';
import { shareOf } from './lean-routes.js';
import type { LeanRoute, LeanRoutes } from './lean-routes.js';
import type { BareAnswers } from '../listen/bare-answers.js';
import type { Refusals } from '../errors/refusals.js';
import { pathOf } from '../body/url-path.js';
import { OneAtATime } from './one-at-a-time.js';
import { WaitingRoom } from './waiting-room.js';

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Load shedding: refuses requests of the lean routes that there is no room for, with as little work as Node's HTTP
 * server can do: under overload nearly all requests are refused, and what that takes is taken from those that are let
 * in.
 *
 * What needs more than the plain answer goes on to Fastify, where {@link LeanRoutes} refuses it as well: requests of
 * browsers (their `Origin` decides about headers) and paths with a query.
 *
 * Whoever was refused and asks again at once is not refused again at once: see {@link WaitingRoom}. Of a connection one
 * request is looked at until it is answered: see {@link OneAtATime}. Who sends more while one waits for room is closed.
 */
export class LoadShedding {
  readonly #waitingRoom: WaitingRoom;
  readonly #inTurn = new OneAtATime();

  constructor(
    private readonly routes: LeanRoutes,
    private readonly answers: BareAnswers,
    refusals: Refusals,
  ) {
    this.#waitingRoom = new WaitingRoom((waiting) => {
      refusals.keptWaiting(waiting);
    });
  }

  /** Looks at each request first and leaves to `handle` what it does not refuse. */
  before(handle: Handle): Handle {
    return (request, response) => {
      const { method, url = '' } = request;
      const route = method === 'POST' ? this.routes.routeOf(pathOf(url)) : undefined;
      const { socket } = request;
      if (route === undefined) handle(request, response);
      // There is no room, and it sends more without waiting for an answer.
      else if (this.#waitingRoom.isWaiting(socket)) socket.destroy();
      else {
        this.#inTurn.take(socket, response, () => {
          this.#admit(route, request, response, handle);
        });
      }
    };
  }

  #admit(route: LeanRoute, request: IncomingMessage, response: ServerResponse, handle: Handle): void {
    const network = shareOf(request);
    if (route.roomForWaiting(network) > 0) {
      handle(request, response);
      return;
    }
    const decide = (room: number): void => {
      if (room > 0) handle(request, response);
      else this.#refuse(route, request, response, handle);
    };
    const all = (): number => route.roomForWaiting();
    const own = (): number => route.roomForWaiting(network);
    const enter = (): void => {
      decide(route.roomForWaiting(network));
    };
    const { socket } = request;
    if (!this.#waitingRoom.keep(socket, { all, own }, enter)) decide(route.room(network));
    // What it sent before it began to wait is no other than what it would send now.
    else if (this.#inTurn.isPipelining(socket)) socket.destroy();
  }

  #refuse(route: LeanRoute, request: IncomingMessage, response: ServerResponse, handle: Handle): void {
    const { method = '', url = '', socket } = request;
    this.#waitingRoom.told(socket);
    if (request.headers.origin !== undefined || url.includes('?')) {
      this.routes.turnAway(request);
      handle(request, response);
      return;
    }
    this.answers.refuse(route.refuse(), { method, url, route: url }, response);
  }
}
