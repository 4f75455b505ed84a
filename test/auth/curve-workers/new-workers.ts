import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Worker } from 'node:worker_threads';

/** The worker threads that this process starts from now on, the youngest last. */
export interface NewWorkers {
  readonly all: readonly Worker[];
  /** Those that live. */
  readonly alive: () => Worker[];
  readonly stopWatching: () => void;
}

/** What Node itself says at the start of each thread, so that none is missed. */
export function watchWorkers(onStart: (worker: Worker) => void = () => undefined): NewWorkers {
  const all: Worker[] = [];
  const gone = new Set<Worker>();
  const listen = (message: unknown): void => {
    const { worker } = message as { worker: Worker };
    all.push(worker);
    worker.once('exit', () => gone.add(worker));
    onStart(worker);
  };
  subscribe('worker_threads', listen);
  return {
    all,
    alive: () => all.filter((worker) => !gone.has(worker)),
    stopWatching: () => {
      unsubscribe('worker_threads', listen);
    },
  };
}
