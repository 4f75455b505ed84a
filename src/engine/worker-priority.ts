import { getPriority, setPriority } from 'node:os';

/**
 * How much nicer a worker thread is than the process. Where as many of them as cores compute without a pause, the HTTP
 * thread would have to wait for a core whenever it wakes, and everybody with it. A nicer thread gives its core up
 * sooner, and still gets all that nobody else wants.
 */
export const WORKER_NICENESS = 5;

/** The nicest that a thread can be. */
const NICEST = 19;

/**
 * Lets the process's other threads go before the calling one. On Linux alone, where a priority is a thread's own:
 * elsewhere it would be the whole process's. Never throws; where it is not allowed, nothing changes.
 */
export function letOthersGoFirst(): void {
  if (process.platform !== 'linux') return;
  try {
    // From where the process is: whoever started it may have made it nicer already.
    setPriority(Math.min(getPriority() + WORKER_NICENESS, NICEST));
  } catch {
    // Only slower to answer, then.
  }
}
