import type { FastifyRequest } from 'fastify';
import type { Clock } from '../clock/clock.js';
import type { DomainError } from '../errors/domain-error.js';
import type { ErrorCode } from '../errors/error-catalogue.js';

/** Lines per code and minute that strangers can cause; the rest is only counted. */
const MOST_LINES_PER_MINUTE = 10;
const MINUTE_MS = 60_000;

interface Window {
  startedAtMs: number;
  lines: number;
  suppressed: number;
}

/**
 * Logs refusals of unauthenticated requests at a bounded rate, and every failure of ours. Lines name the code,
 * the field and the route pattern; never a value, a header, a body or a query.
 */
export class RefusalLog {
  readonly #windows = new Map<ErrorCode, Window>();

  constructor(private readonly clock: Clock) {}

  strangerRefused(error: DomainError, request: FastifyRequest): void {
    const now = this.clock.nowMilliseconds();
    let window = this.#windows.get(error.code);
    if (window === undefined || now - window.startedAtMs >= MINUTE_MS) {
      const suppressed = window?.suppressed ?? 0;
      if (suppressed > 0) request.log.warn({ code: error.code, suppressed }, 'refusals not logged in the last minute');
      window = { startedAtMs: now, lines: 0, suppressed: 0 };
      this.#windows.set(error.code, window);
    }
    if (window.lines >= MOST_LINES_PER_MINUTE) {
      window.suppressed += 1;
      return;
    }
    window.lines += 1;
    request.log.info({ code: error.code, field: error.field, route: request.routeOptions.url }, 'refused');
  }

  failed(error: DomainError, request: FastifyRequest): void {
    request.log.error({ code: error.code, route: request.routeOptions.url, cause: describe(error.cause) }, 'failed');
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
