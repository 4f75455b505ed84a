import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Action } from '../../audit/action.js';
import { LANE_OF_ACTION } from '../../audit/lane-of-action.js';
import type { WriteLane } from '../../database/write-order.js';
import { pathOf } from '../body/url-path.js';

/** How important a request is, as its writes are: what protects does not wait behind what makes. */
export type RequestLane = WriteLane;

export interface LanedRoute {
  /** The route's pattern. */
  readonly route: string;
  readonly lane: RequestLane;
}

/** What no route serves. */
const UNMATCHED: LanedRoute = { route: 'unmatched', lane: 'ordinary' };

/** What `@UseCase` says of a route to whoever sees it before Nest. */
export interface RouteOfUseCase {
  readonly action?: Action;
}

/**
 * The lane of each route, by method and path: known before the router is asked, for as little as three look-ups. A
 * parameter is always a path's last part, or the last but one; the server does not start with a route of which that is not
 * true.
 */
export class RouteLanes {
  readonly #byBeginning = new Map<string, LanedRoute>();

  /** Learns the routes as Nest declares them. */
  install(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', ({ method, url, config }) => {
      const { action } = (config ?? {}) as RouteOfUseCase;
      const [beginning = '', behind = '', ...more] = url.split(/:\w+|\*/);
      if (!/^(\/[\w-]+)?$/.test(behind) || more.length > 0) throw new Error(`${url} has parameters in other places`);
      const laned = { route: url, lane: action === undefined ? 'ordinary' : LANE_OF_ACTION[action] };
      for (const name of [method].flat()) this.#byBeginning.set(`${name} ${beginning}${behind}`, laned);
    });
  }

  /** Of a preflight it is the lane of what it asks about. */
  of({ method = '', url = '', headers }: IncomingMessage): LanedRoute {
    const asked = method === 'OPTIONS' ? (headers['access-control-request-method'] ?? method) : method;
    const path = `${asked} ${pathOf(url)}`;
    const whole = this.#byBeginning.get(path);
    if (whole !== undefined) return whole;
    const last = path.lastIndexOf('/');
    const beginning = path.slice(0, last + 1);
    return (
      this.#byBeginning.get(beginning) ??
      this.#byBeginning.get(withoutLastPart(beginning, path.slice(last))) ??
      UNMATCHED
    );
  }
}

/** `GET /policy/` and `/revisions` put together, of `GET /policy/ab12/` and `/revisions`. */
function withoutLastPart(beginning: string, behind: string): string {
  return beginning.slice(0, beginning.lastIndexOf('/', beginning.length - 2) + 1) + behind;
}
