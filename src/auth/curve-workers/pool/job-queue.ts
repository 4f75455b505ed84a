import type { CurveJob, CurveResult } from '../protocol/curve-job.js';
import { Suspects } from './suspects.js';

/** A job and who waits for it. */
export interface QueuedJob {
  readonly job: CurveJob;
  readonly queuedAtMs: number;
  readonly resolve: (result: CurveResult) => void;
  readonly reject: (reason: Error) => void;
}

/**
 * Jobs in the order of their arrival. Whoever is suspected is checked in batches of its own, so that a stranger's
 * wrong partials cost nobody else a failed batch.
 */
export class JobQueue {
  readonly #most: number;
  readonly #batchMax: number;
  readonly #suspects: Suspects;
  #waiting: QueuedJob[] = [];

  constructor(most: number, batchMax: number, suspects: Suspects) {
    this.#most = most;
    this.#batchMax = batchMax;
    this.#suspects = suspects;
  }

  get length(): number {
    return this.#waiting.length;
  }

  get isFull(): boolean {
    return this.#waiting.length >= this.#most;
  }

  add(job: QueuedJob): void {
    this.#waiting.push(job);
  }

  /** The next batch: the oldest job and whatever may go with it, at most `batchMax`; empty when nothing waits. */
  takeBatch(): QueuedJob[] {
    const [oldest] = this.#waiting;
    if (oldest === undefined) return [];
    const lane = this.#laneOf(oldest);
    const batch: QueuedJob[] = [];
    const rest: QueuedJob[] = [];
    for (const queued of this.#waiting) {
      if (batch.length < this.#batchMax && this.#laneOf(queued) === lane) batch.push(queued);
      else rest.push(queued);
    }
    this.#waiting = rest;
    return batch;
  }

  /** All that wait, for a shutdown. */
  takeAll(): QueuedJob[] {
    return this.#waiting.splice(0);
  }

  /** The common lane is undefined; a suspect's is its own. */
  #laneOf({ job }: QueuedJob): string | undefined {
    return this.#suspects.isSuspect(job.shareId) ? job.shareId : undefined;
  }
}
