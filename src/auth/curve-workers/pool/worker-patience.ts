/** How long a worker may keep everybody waiting, in milliseconds. */
export interface WorkerPatience {
  /** From its start until it is ready. */
  readonly start: number;
  /** For a batch, and for each job in it beside. */
  readonly batch: number;
  readonly job: number;
  /** For the batches under way when the pool is closed. */
  readonly close: number;
  /** After a worker that could not start, until the next is tried: a broken machine is not kept busy. */
  readonly retry: number;
}

/** Far beyond what an honest worker needs: the slow engine takes some 50 ms for a wrong request. */
export const WORKER_PATIENCE: WorkerPatience = { start: 60_000, batch: 10_000, job: 250, close: 2_000, retry: 1_000 };
