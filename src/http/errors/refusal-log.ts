import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../../clock/clock.js';
import type { DomainError } from '../../errors/domain-error.js';
import type { ErrorCode } from '../../errors/error-catalogue.js';

/** Lines per code and minute that strangers can cause; the rest is only counted. */
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

/**
 * Rate-limited logging of refusals of unauthenticated requests and of failures of ours. Lines name the code, the field
 * and the route pattern; never a value, a header, a body or a query.
 */
export class RefusalLog {
  readonly #windows = new Map<ErrorCode, Window>();

  constructor(private readonly clock: Clock) {}

  strangerRefused({ code, field }: DomainError, { log, requestId, route }: Where): void {
    if (!this.#hasRoom(code, MOST_OF_STRANGERS, log)) return;
    log.info({ reqId: requestId, code, field, route }, 'refused');
  }

  failed({ code, cause }: DomainError, { log, route }: Where): void {
    if (!this.#hasRoom(code, MOST_OF_OURS, log)) return;
    log.error({ code, route, cause: describe(cause) }, 'failed');
  }

  /** Whether one more line may be written about this code; says now and then how many were not. */
  #hasRoom(code: ErrorCode, mostLines: number, log: FastifyBaseLogger): boolean {
    const now = this.clock.nowMilliseconds();
    let window = this.#windows.get(code);
    if (window === undefined || now - window.startedAtMs >= MINUTE_MS) {
      const suppressed = window?.suppressed ?? 0;
      if (suppressed > 0) log.warn({ code, suppressed }, 'refusals not logged in the last minute');
      window = { startedAtMs: now, lines: 0, suppressed: 0 };
      this.#windows.set(code, window);
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
