import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../../clock/clock.js';
import type { DomainError } from '../../errors/domain-error.js';

/** Lines per code, or per route and status, and minute that strangers can cause; the rest is only counted. */
const MOST_OF_STRANGERS = 10;
/** Lines per code and minute about ourselves: whoever mends it needs some of them, and a full disk helps nobody. */
const MOST_OF_OURS = 100;
const MINUTE_MS = 60_000;

interface Window {
  startedAtMs: number;
  lines: number;
  suppressed: number;
}

/** The request's own logger, or the service's with the request's id; and its route's pattern if it has one. */
interface Where {
  readonly log: FastifyBaseLogger;
  readonly requestId?: string;
  readonly route: string | undefined;
}

/** What the access log tells of an answer. */
export interface AnsweredLine {
  readonly method: string;
  /** The route's pattern. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  readonly address: string | undefined;
  readonly clientRequestId: string | undefined;
}

/**
 * Rate-limited logging of refusals of unauthenticated requests and of failures of ours. Lines name the code, the field
 * and the route pattern; never a value, a header, a body or a query.
 */
export class RefusalLog {
  readonly #windows = new Map<string, Window>();

  constructor(private readonly clock: Clock) {}

  strangerRefused({ code, field }: DomainError, { log, requestId, route }: Where): void {
    if (!this.#hasRoom({ code }, MOST_OF_STRANGERS, log)) return;
    log.info({ reqId: requestId, code, field, route }, 'refused');
  }

  strangerAnswered(line: AnsweredLine, log: FastifyBaseLogger): void {
    const { method, route, status } = line;
    if (this.#hasRoom({ method, route, status }, MOST_OF_STRANGERS, log)) log.info(line, 'answered');
  }

  failed({ code, cause }: DomainError, { log, route }: Where): void {
    if (!this.#hasRoom({ code }, MOST_OF_OURS, log)) return;
    log.error({ code, route, cause: describe(cause) }, 'failed');
  }

  /**
   * Whether one more line may be written about this; says now and then how many were not. There are as many kinds as
   * codes, and as methods, route patterns and statuses: nothing that a client makes up.
   */
  #hasRoom(kind: Readonly<Record<string, string | number>>, mostLines: number, log: FastifyBaseLogger): boolean {
    const now = this.clock.nowMilliseconds();
    const what = Object.values(kind).join(' ');
    let window = this.#windows.get(what);
    if (window === undefined || now - window.startedAtMs >= MINUTE_MS) {
      const suppressed = window?.suppressed ?? 0;
      if (suppressed > 0) log.warn({ ...kind, suppressed }, 'lines left out in the last minute');
      window = { startedAtMs: now, lines: 0, suppressed: 0 };
      this.#windows.set(what, window);
    }
    if (window.lines >= mostLines) {
      window.suppressed += 1;
      return false;
    }
    window.lines += 1;
    return true;
  }
}

/**
 * The chain of causes as class names, messages and code lines. Messages of our own and of libraries hold no
 * secrets (secrets travel in types that refuse to print); a database error's SQL parameters are left out.
 */
function describe(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  const deeper = describe(cause.cause);
  const here = cause.stack ?? `${cause.name}: ${cause.message}`;
  return deeper === undefined ? here : `${here}\ncaused by ${deeper}`;
}
