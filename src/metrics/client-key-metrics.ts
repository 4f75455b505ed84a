import { Counter, Gauge, type Registry } from 'prom-client';

/** A prepared key is ready for the pairing; for one that is not, the decoded keys are looked at. */
export type ClientKeyCache = 'prepared' | 'decoded';

/** What has changed in a cache since it was last told. */
export interface CacheGrowth {
  readonly hits: number;
  readonly misses: number;
  readonly evictions: number;
  /** Negative when more were lost than added. */
  readonly entries: number;
}

/** How the client keys serve that the curve workers keep, over all workers. */
export class ClientKeyMetrics {
  readonly #hits: Counter<'cache'>;
  readonly #misses: Counter<'cache'>;
  readonly #evictions: Counter<'cache'>;
  readonly #entries: Gauge<'cache'>;

  constructor(registry: Registry) {
    const common = { labelNames: ['cache' as const], registers: [registry] };
    this.#hits = new Counter({
      ...common,
      name: 'kms_client_key_cache_hits_total',
      help: 'Client keys that a worker had kept, once a batch and key',
    });
    this.#misses = new Counter({
      ...common,
      name: 'kms_client_key_cache_misses_total',
      help: 'Client keys that a worker had not kept, once a batch and key',
    });
    this.#evictions = new Counter({
      ...common,
      name: 'kms_client_key_cache_evictions_total',
      help: 'Client keys that a worker gave up for others',
    });
    this.#entries = new Gauge({
      ...common,
      name: 'kms_client_key_cache_entries',
      help: 'Client keys that are kept, summed over the workers',
    });
    // Every series is there from the start, so that a rate can be taken from the first growth.
    for (const cache of ['prepared', 'decoded'] as const) {
      for (const metric of [this.#hits, this.#misses, this.#evictions, this.#entries]) metric.inc({ cache }, 0);
    }
  }

  used(cache: ClientKeyCache, { hits, misses, evictions, entries }: CacheGrowth): void {
    // Most of them are 0 most of the time, and this is done for every batch.
    if (hits > 0) this.#hits.inc({ cache }, hits);
    if (misses > 0) this.#misses.inc({ cache }, misses);
    if (evictions > 0) this.#evictions.inc({ cache }, evictions);
    if (entries !== 0) this.#entries.inc({ cache }, entries);
  }
}
