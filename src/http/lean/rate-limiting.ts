import type { IncomingMessage, ServerResponse } from 'node:http';
import { bringsToken } from '../../identity/presented-token.js';
import { clientAddressOf, networkOf } from '../../identity/client-address.js';
import type { RateLimiter } from '../../rate-limits/rate-limiter.js';
import { pathOf } from '../body/url-path.js';
import type { BareAnswers } from '../listen/bare-answers.js';
import { isHealthCheck } from '../listen/health-check.js';
import type { LeanRoutes } from './lean-routes.js';

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Refuses requests of addresses that have sent too many, with as little work as Node's HTTP server can do. Who asks
 * whether the service is alive always hears it: a prober that is refused would have the service restarted.
 */
export class RateLimiting {
  constructor(
    private readonly limiter: RateLimiter,
    private readonly routes: LeanRoutes,
    private readonly answers: BareAnswers,
  ) {}

  /** Looks at each request first and leaves to `handle` what it does not refuse. */
  before(handle: Handle): Handle {
    return (request, response) => {
      const { method = '', url = '', headers } = request;
      const address = networkOf(clientAddressOf(request));
      if (isHealthCheck(method, url) || this.limiter.admits(request, address, bringsToken(request))) {
        handle(request, response);
        return;
      }
      const path = pathOf(url);
      const route = this.routes.routeOf(path) === undefined ? 'unmatched' : path;
      this.answers.refuse(this.limiter.refuseAddress(), { method, url, route, origin: headers.origin }, response);
    };
  }
}
