import type { ClientKeyCounters } from '../../../crypto/mcl/batch/batch-co-signer.js';
import type { PoolObserver } from './pool-observer.js';

/** Before its first answer a worker keeps nothing. */
const NOTHING = { hits: 0, misses: 0, evictions: 0, entries: 0 } as const;

const CACHES = ['prepared', 'decoded'] as const;

/**
 * The workers' caches of client keys, as if they were one. Each worker counts from its own start, so what it has
 * counted since its last answer is added up: a sum that a worker's death does not make smaller.
 */
export class ClientKeyTally {
  readonly #observer: Pick<PoolObserver, 'clientKeysUsed'>;
  readonly #last = new Map<object, ClientKeyCounters>();

  constructor(observer: Pick<PoolObserver, 'clientKeysUsed'>) {
    this.#observer = observer;
  }

  /** @param counters the worker's, since its start */
  answered(worker: object, counters: ClientKeyCounters): void {
    const last = this.#last.get(worker);
    this.#last.set(worker, counters);
    for (const cache of CACHES) {
      const [now, before] = [counters[cache], last?.[cache] ?? NOTHING];
      this.#observer.clientKeysUsed(cache, {
        hits: now.hits - before.hits,
        misses: now.misses - before.misses,
        evictions: now.evictions - before.evictions,
        entries: now.entries - before.entries,
      });
    }
  }

  /** What the worker kept is gone with it; what it counted stays. */
  gone(worker: object): void {
    const last = this.#last.get(worker);
    if (last === undefined) return;
    this.#last.delete(worker);
    for (const cache of CACHES) this.#observer.clientKeysUsed(cache, { ...NOTHING, entries: -last[cache].entries });
  }
}
