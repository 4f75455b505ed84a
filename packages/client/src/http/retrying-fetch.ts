import { KmsUnreachableError } from '../errors.js';
import type { KmsError } from '../errors.js';
import { refusalIn } from './refusal.js';

export interface Patience {
  /** How often a request is sent again at most. */
  readonly retries: number;
  /** How long one attempt may take. */
  readonly timeoutMs: number;
  /** An answer that says to come back later than this is told at once. */
  readonly longestWaitMs: number;
  /** The global `fetch` if absent. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** Resolves after so many milliseconds, or rejects when `signal` aborts. Tests have their own. */
  readonly pause?: ((milliseconds: number, signal: AbortSignal) => Promise<void>) | undefined;
}

const FIRST_PAUSE_MS = 200;

/** Calls that change nothing, or nothing more when they are sent again; by method and the path's last words. */
const REPEATABLE = /^(GET|HEAD) |^POST .*\/(sign\/(msg|txn)|policy\/(evaluate|simulate)\/[^/]+)$/;
const REPEATABLE_CHANGES =
  /^POST .*\/((revoke|freeze|thaw|undelete)\/[^/]+|share\/decline)$|^PUT .*\/restrictions\/[^/]+$/;

/**
 * `fetch` that knows when a request may be sent again: where the service says that nothing was done (`KmsError.retryable`),
 * any; where no answer came, only one that does no more when it is done twice, or that has an Idempotency-Key. Successes
 * are given as they are. Rejects with `KmsError` for every other answer, `KmsUnreachableError` where none came.
 */
export function retryingFetch(patience: Patience): (request: Request) => Promise<Response> {
  return async (request) => {
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await attemptOf(request, patience);
      if (outcome instanceof Response) return outcome;
      const pauseMs = attempt < patience.retries ? pauseBefore(attempt, request, outcome, patience) : undefined;
      if (pauseMs === undefined) throw outcome;
      await (patience.pause ?? pause)(pauseMs, request.signal);
    }
  };
}

async function attemptOf(request: Request, patience: Patience): Promise<Response | KmsError | KmsUnreachableError> {
  const send = patience.fetch ?? fetch;
  try {
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(patience.timeoutMs)]);
    const response = await send(new Request(request.clone(), { signal }));
    return response.ok ? response : await refusalIn(response);
  } catch (error) {
    // The caller gave up: that is for them alone.
    request.signal.throwIfAborted();
    return new KmsUnreachableError('the service gave no answer', { cause: error });
  }
}

/** How long to wait before the next attempt; undefined: there must be none. */
function pauseBefore(
  attempt: number,
  request: Request,
  error: KmsError | KmsUnreachableError,
  { longestWaitMs }: Patience,
): number | undefined {
  const backOff = FIRST_PAUSE_MS * 2 ** attempt * (0.5 + Math.random() / 2);
  if (error instanceof KmsUnreachableError) return mayBeRepeated(request) ? backOff : undefined;
  if (!error.retryable) return undefined;
  const asked = (error.retryAfterSeconds ?? 0) * 1000;
  return asked <= longestWaitMs ? Math.max(asked, backOff) : undefined;
}

function mayBeRepeated(request: Request): boolean {
  const call = `${request.method} ${new URL(request.url).pathname}`;
  return REPEATABLE.test(call) || REPEATABLE_CHANGES.test(call) || request.headers.has('Idempotency-Key');
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
