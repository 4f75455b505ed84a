import { Counter, type Registry } from 'prom-client';

/** Whose bucket was empty. */
export type RateLimit = 'user' | 'split_key' | 'split_key_refusals' | 'address';

/** What the limits of rate have turned away, without a name. */
export class RateLimitMetrics {
  readonly #limited: Counter<'limit'>;

  constructor(registry: Registry) {
    this.#limited = new Counter({
      name: 'kms_rate_limited_total',
      help: 'Requests refused because too many came from one user, split key or address',
      labelNames: ['limit'],
      registers: [registry],
    });
    // Every series is there from the start, so that a rate can be taken from the first growth.
    for (const limit of ['user', 'split_key', 'split_key_refusals', 'address'] as const)
      this.#limited.inc({ limit }, 0);
  }

  limited(limit: RateLimit): void {
    this.#limited.inc({ limit });
  }
}
