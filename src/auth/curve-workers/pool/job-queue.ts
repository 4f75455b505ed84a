import type { CurveJob, CurveResult } from '../protocol/curve-job.js';
import { Suspects } from './suspects.js';

/** A job and who waits for it. */
export interface QueuedJob {
  readonly job: CurveJob;
  /** Who takes turns with others: see {@link JobQueue}. */
  readonly party: string;
  readonly queuedAtMs: number;
  readonly resolve: (result: CurveResult) => void;
  readonly reject: (reason: Error) => void;
}

/**
 * Fair queueing: parties take turns, job by job, so that whoever has many waiting does not have others wait for all of
 * them. What one party has goes in the order of its arrival.
 *
 * Whoever is suspected is checked in batches of its own, so that a stranger's wrong partials cost nobody else a failed
 * batch.
 */
export class JobQueue {
  readonly #most: number;
  readonly #batchMax: number;
  readonly #suspects: Suspects;
  /** Whose turn is next comes first. Nobody is in it who has none that waits. */
  readonly #byParty = new Map<string, QueuedJob[]>();
  #length = 0;

  constructor(most: number, batchMax: number, suspects: Suspects) {
    this.#most = most;
    this.#batchMax = batchMax;
    this.#suspects = suspects;
  }

  get length(): number {
    return this.#length;
  }

  get isFull(): boolean {
    return this.#length >= this.#most;
  }

  add(queued: QueuedJob): void {
    const own = this.#byParty.get(queued.party);
    if (own === undefined) this.#byParty.set(queued.party, [queued]);
    else own.push(queued);
    this.#length += 1;
  }

  /**
   * The next batch: the oldest job of whose turn it is and whatever may go with it, at most `batchMax`; empty when nothing
   * waits. Whoever has a job in it is behind those who have none then.
   */
  takeBatch(): QueuedJob[] {
    const [next] = this.#byParty.values();
    const oldest = next?.[0];
    if (oldest === undefined) return [];
    const batch = this.#inTurns(this.#laneOf(oldest));
    const taken = new Set(batch);
    for (const party of new Set(batch.map((queued) => queued.party))) {
      const rest = this.#byParty.get(party)?.filter((queued) => !taken.has(queued)) ?? [];
      this.#byParty.delete(party);
      if (rest.length > 0) this.#byParty.set(party, rest);
    }
    this.#length -= batch.length;
    return batch;
  }

  /** All that wait, for a shutdown. */
  takeAll(): QueuedJob[] {
    const all = [...this.#byParty.values()].flat();
    this.#byParty.clear();
    this.#length = 0;
    return all;
  }

  /** Of those in this lane one of each party, then another of each, until the batch is full. */
  #inTurns(lane: string | undefined): QueuedJob[] {
    const batch: QueuedJob[] = [];
    let lines = [...this.#byParty.values()].map((own) => own.filter((queued) => this.#laneOf(queued) === lane));
    for (let turn = 0; lines.length > 0; turn += 1) {
      lines = lines.filter((line) => line.length > turn);
      for (const line of lines) {
        const queued = line[turn];
        if (queued !== undefined) batch.push(queued);
        if (batch.length === this.#batchMax) return batch;
      }
    }
    return batch;
  }

  /** The common lane is undefined; a suspect's is its own. */
  #laneOf({ job }: QueuedJob): string | undefined {
    return this.#suspects.isSuspect(job.shareId) ? job.shareId : undefined;
  }
}
