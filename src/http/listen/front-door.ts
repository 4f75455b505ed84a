import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { DomainError } from '../../errors/domain-error.js';
import type { ClientAddresses } from '../../identity/client-address.js';
import type { Bulkheads } from '../bulkheads/bulkheads.js';
import type { LoadShedding } from '../lean/load-shedding.js';
import type { RateLimiting } from '../lean/rate-limiting.js';
import { UNREAD } from './bare-answers.js';
import type { BareAnswers, BareRequest } from './bare-answers.js';
import { clientErrorRefusal, malformed, targetTooLong } from './client-error.js';
import type { ClientError } from './client-error.js';
import { isHealthCheck } from './health-check.js';
import type { HostCheck } from './host-check.js';
import { TARGET_LIMIT_CHARACTERS } from './listener-limits.js';
import { withoutPrefix } from './path-prefix.js';
import { isSpelledOut, pathAndQueryOf, requestLineOf } from './request-target.js';
import { requestBeingRead } from './server-socket.js';
import { cameToOperations } from './surface.js';

export type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** What a listener leads to: `PORT` to everything, the others to one service each, or to what operators look at. */
export type Entrance = 'everything' | 'zvault' | 'zauth' | 'operations';

/** Where its paths begin. */
const PREFIXES = { everything: '', zvault: '/zvault', zauth: '/zauth', operations: '' } as const;

/** What every front door needs, which is ready only after Nest is. */
export interface Edge {
  readonly hosts: HostCheck;
  readonly addresses: ClientAddresses;
  readonly limiting: RateLimiting;
  readonly shedding: LoadShedding;
  readonly bulkheads: Bulkheads;
  readonly answers: BareAnswers;
}

type Behind = Pick<Edge, 'hosts' | 'addresses' | 'answers'> & { readonly next: Handle };

type Asked = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

/**
 * What stands between a listener and the router: it reads the path, of which everything behind it then speaks, so that
 * load shedding and the router cannot take one request for two; limits rates, sheds load, has requests wait for a place,
 * and refuses what Node leaves to us or would answer in a form of its own.
 */
export class FrontDoor {
  readonly #prefix: string;
  readonly #isOperations: boolean;
  readonly #publicPrefix: string;
  readonly #route: Handle;
  #behind: Behind | undefined;
  readonly #ended = new WeakSet<Duplex>();

  /**
   * @param publicPrefix of `PUBLIC_URL`, which a proxy may have left in the path; empty when there is none
   * @param route Fastify's handler, for paths with their prefix
   */
  constructor(entrance: Entrance, publicPrefix: string, route: Handle) {
    this.#prefix = PREFIXES[entrance];
    this.#isOperations = entrance === 'operations';
    this.#publicPrefix = publicPrefix;
    this.#route = route;
  }

  /** To be called once, before anything listens. */
  open({ hosts, addresses, limiting, shedding, bulkheads, answers }: Edge): void {
    // What operators look at waits behind nobody who has no business on their port.
    const route = this.#isOperations ? this.#route : bulkheads.before(this.#route);
    const next = limiting.before(shedding.before(route));
    this.#behind = { hosts, addresses, next, answers };
  }

  readonly handle: Handle = (request, response) => {
    const { hosts, addresses, next, answers } = this.#opened;
    addresses.read(request);
    if (this.#isOperations) cameToOperations(request);
    const { url: target = '', method = '' } = request;
    if (target.length > TARGET_LIMIT_CHARACTERS) {
      answers.refuseLast(targetTooLong(), this.#asked(request), response);
      return;
    }
    if (request.headers.host === undefined && request.httpVersion === '1.1') {
      answers.refuseLast(malformed('a request of HTTP/1.1 needs a Host header'), this.#asked(request), response);
      return;
    }
    const url = this.#pathAndQueryOf(target);
    const misdirected = this.#isOperations || isHealthCheck(method, url) ? undefined : hosts.objection(request);
    if (misdirected !== undefined) {
      answers.refuse(misdirected, this.#asked(request), response);
      return;
    }
    if (isSpelledOut(url)) {
      const refusal = malformed('the path has letters or digits spelled with %; write them as they are');
      answers.refuse(refusal, this.#asked(request), response);
      return;
    }
    request.url = this.#urlOf(method, url);
    next(request, response);
  };

  /** A request with an `Expect` other than `100-continue`, which Node answers by itself. */
  readonly unknownExpectation: Handle = (request, response) => {
    const refusal = new DomainError('REQUEST.EXPECTATION_FAILED', 'Expect: nothing but 100-continue is understood');
    this.#opened.answers.refuseLast(refusal, this.#asked(request), response);
  };

  /** CONNECT, which asks for a tunnel and names no path. */
  readonly tunnel = ({ method, headers }: IncomingMessage, socket: Duplex): void => {
    const refusal = new DomainError('REQUEST.ROUTE_UNKNOWN', 'this is no proxy');
    this.#opened.answers.refuseUnread(refusal, this.#asked({ method, headers, url: '/' }), socket);
  };

  /** What Node could not read, or not in time. */
  readonly clientError = (error: ClientError, socket: Duplex & { readonly bytesRead?: number }): void => {
    const refusal = clientErrorRefusal(error);
    const request = requestBeingRead(socket);
    if (this.#ended.has(socket)) return;
    this.#ended.add(socket);
    // Nobody to tell, or somebody who has not asked for anything: browsers and proxies open connections for later.
    if (refusal === undefined || socket.bytesRead === 0) socket.destroy();
    else if (request === undefined) this.#opened.answers.refuseUnread(refusal, this.#lineOf(error), socket);
    // Whoever reads the body answers, as for any other fault of it; if nobody does, it has been answered.
    else if (request.listenerCount('error') > 0) request.emit('error', refusal);
    else socket.destroy();
  };

  get #opened(): Behind {
    if (this.#behind === undefined) throw new Error('a listener was used before the edge was prepared');
    return this.#behind;
  }

  #pathAndQueryOf(target: string): string {
    return withoutPrefix(pathAndQueryOf(target), this.#publicPrefix);
  }

  #urlOf(method: string, url: string): string {
    if (this.#prefix === '') return url;
    return isHealthCheck(method, url) ? url : `${this.#prefix}${url}`;
  }

  #asked({ method = UNREAD.method, url = '/', headers }: Asked): BareRequest {
    const path = `${this.#prefix}${this.#pathAndQueryOf(url)}`;
    return { method, url: path, route: UNREAD.route, origin: headers.origin };
  }

  /** As far as the request's first line can be made out. */
  #lineOf({ rawPacket }: ClientError): BareRequest {
    const line = rawPacket === undefined ? undefined : requestLineOf(rawPacket);
    // From which page it came could not be read; where every page may call, any may read this.
    return this.#asked({ url: line?.target, headers: { origin: 'null' } });
  }
}
