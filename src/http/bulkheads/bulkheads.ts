import type { IncomingMessage, ServerResponse } from 'node:http';
import { SERVICE_OVERLOADED } from '../../errors/service-overloaded.js';
import { WRITE_LANES } from '../../database/write-order.js';
import { pathOf } from '../body/url-path.js';
import type { LeanRoutes } from '../lean/lean-routes.js';
import type { BareAnswers, BareRequest } from '../listen/bare-answers.js';
import type { ListenerTimeouts } from '../listen/listener-limits.js';
import { isHealthCheck } from '../listen/health-check.js';
import { Bulkhead } from './bulkhead.js';
import { AcceptingFirst } from './accepting-first.js';
import { HeldRequest } from './held-request.js';
import type { RequestLane, RouteLanes } from './route-lanes.js';

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** Requests that begin in one turn of the event loop: between two turns whatever does not wait is served. */
const BEGUN_IN_A_TURN = 16;

/** How often it is looked who has waited long enough, has gone, or holds a place for nothing. */
const LOOK_MS = 100;

/** What is known of the listeners. */
interface Surroundings {
  readonly connections: { readonly accepted: number };
  readonly timeouts: Pick<ListenerTimeouts, 'placeMs'>;
}

/**
 * Bounds how many requests are under way, before Nest sees any of them (docs/adr/0035): of thousands that come at one moment
 * each would otherwise go through token check and pipeline before the first is refused, and everybody else behind them.
 * Each lane has places of its own. Whoever finds none waits in turn, and is refused after that, not before: one that asks
 * again at once would else cost a refusal each time.
 *
 * Signing calls have places of their own, by load shedding; health is always answered.
 */
export class Bulkheads {
  readonly #lanes: Readonly<Record<RequestLane, Bulkhead>>;
  /** The most important first. */
  readonly #inOrder: readonly Bulkhead[];
  readonly #urgent: readonly Bulkhead[];
  #newcomers: HeldRequest[] = [];
  #turn: NodeJS.Immediate | undefined;
  #look: NodeJS.Timeout | undefined;
  #hasEnded = false;
  readonly #patienceMs: number;
  readonly #acceptingFirst: AcceptingFirst;

  constructor(
    private readonly routes: RouteLanes,
    private readonly lean: LeanRoutes,
    private readonly answers: BareAnswers,
    { connections, timeouts }: Surroundings,
  ) {
    this.#patienceMs = timeouts.placeMs;
    this.#acceptingFirst = new AcceptingFirst(connections);
    const lane = (): Bulkhead =>
      new Bulkhead(() => {
        this.#takeTurn();
      });
    this.#lanes = { protective: lane(), signing: lane(), ordinary: lane(), making: lane() };
    this.#inOrder = WRITE_LANES.map((name) => this.#lanes[name]);
    this.#urgent = [this.#lanes.protective, this.#lanes.signing];
  }

  /** How many requests of each lane are under way, and how many wait. */
  counts(): readonly { readonly lane: RequestLane; readonly underWay: number; readonly waiting: number }[] {
    return WRITE_LANES.map((lane) => {
      const { underWay, waiting } = this.#lanes[lane];
      return { lane, underWay, waiting };
    });
  }

  /** Leaves to `handle` at once what waits for nobody, and the rest when its turn has come. */
  before(handle: Handle): Handle {
    return (request, response) => {
      const { method = '', url = '' } = request;
      const isLean = method === 'POST' && this.lean.routeOf(pathOf(url)) !== undefined;
      if (this.#hasEnded || isLean || isHealthCheck(method, url)) {
        handle(request, response);
        return;
      }
      const held = new HeldRequest(request, response, this.routes.of(request), {
        handle,
        refuse: (failed, error) => {
          this.answers.refuseLast(error, askedBy(failed), response);
        },
      });
      this.#lanes[held.at.lane].add(held);
      this.#newcomers.push(held);
      this.#takeTurn();
    };
  }

  /** The service ends: lets in who has a place to have, and refuses who waits. What still comes does not wait. */
  end(): void {
    this.#hasEnded = true;
    for (const lane of this.#inOrder) {
      lane.letIn(Number.POSITIVE_INFINITY);
      for (const held of lane.giveUp()) this.#refuse(held);
    }
  }

  #takeTurn(): void {
    if (this.#turn !== undefined) return;
    this.#turn = setImmediate(() => {
      this.#turn = undefined;
      const isHeldBack = this.#acceptingFirst.holdsBack(performance.now());
      let left = BEGUN_IN_A_TURN;
      for (const lane of isHeldBack ? this.#urgent : this.#inOrder) left -= lane.letIn(left);
      if (left === 0 || isHeldBack) this.#takeTurn();
      if (!isHeldBack) this.#dropPipelined();
      if (!this.#isEmpty) this.#look ??= this.#keepLooking();
    });
  }

  /** Whoever sends more while a request waits could do so without end. */
  #dropPipelined(): void {
    for (const held of this.#newcomers.splice(0)) {
      if (!this.#lanes[held.at.lane].hasToWait(held)) held.request.socket.destroy();
    }
  }

  #keepLooking(): NodeJS.Timeout {
    const look = setInterval(() => {
      this.#lookAround();
    }, LOOK_MS);
    // Who has gone away keeps the process from ending no longer than its connection would.
    return look.unref();
  }

  #lookAround(): void {
    const now = performance.now();
    for (const lane of this.#inOrder) {
      for (const held of lane.lookAround(now, this.#patienceMs)) this.#refuse(held);
    }
    this.#takeTurn();
    if (!this.#isEmpty) return;
    clearInterval(this.#look);
    this.#look = undefined;
  }

  #refuse(held: HeldRequest): void {
    this.answers.refuse(SERVICE_OVERLOADED, askedBy(held), held.response);
  }

  get #isEmpty(): boolean {
    return this.#inOrder.every((lane) => lane.isEmpty);
  }
}

function askedBy({ request, at }: HeldRequest): BareRequest {
  const { method = '', url = '', headers } = request;
  return { method, url, route: at.route, origin: headers.origin };
}
