import type { CurveJob, CurveResult } from '../protocol/curve-job.js';

/** Failures in a row that make a suspect. One may be a wallet's mistake. */
const FAILURES_OF_A_SUSPECT = 3;
/** Split keys whose failures are counted at most; beyond it the one that failed longest ago is forgotten. */
const MOST_COUNTED = 4096;

/**
 * Counts failures in a row by split key, the only name that an unauthenticated request has. Nothing is decided by
 * it but with whom a request shares a batch.
 */
export class Suspects {
  readonly #failures = new Map<string, number>();

  isSuspect(shareId: string): boolean {
    return (this.#failures.get(shareId) ?? 0) >= FAILURES_OF_A_SUSPECT;
  }

  /** Counts what came of a job. */
  observe({ shareId }: CurveJob, { outcome }: CurveResult): void {
    if (outcome === 'signed' || outcome === 'users-own') this.#failures.delete(shareId);
    else this.#failed(shareId);
  }

  #failed(shareId: string): void {
    const failures = (this.#failures.get(shareId) ?? 0) + 1;
    // Deleting first moves it to the end: the front is the one that failed longest ago.
    this.#failures.delete(shareId);
    this.#failures.set(shareId, failures);
    if (this.#failures.size > MOST_COUNTED) {
      const [longestAgo] = this.#failures.keys();
      if (longestAgo !== undefined) this.#failures.delete(longestAgo);
    }
  }
}
