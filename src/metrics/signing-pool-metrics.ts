import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { ClientKeyMetrics } from './client-key-metrics.js';
import type { CacheGrowth, ClientKeyCache } from './client-key-metrics.js';

/** Seconds, from a batch of one to the longest wait that a full queue makes. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];

/** How the curve workers and the decisions after them are doing. No labels but the two caches' names. */
export class SigningPoolMetrics {
  readonly #depth: Gauge;
  readonly #batchSize: Histogram;
  readonly #waited: Histogram;
  readonly #worked: Histogram;
  readonly #decided: Histogram;
  readonly #deaths: Counter;
  readonly #clientKeys: ClientKeyMetrics;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#depth = new Gauge({
      name: 'kms_signing_queue_depth',
      help: 'Signing jobs that wait for a worker',
      registers,
    });
    this.#batchSize = new Histogram({
      name: 'kms_signing_batch_size',
      help: 'Signing jobs that a worker took together',
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
      registers,
    });
    this.#waited = new Histogram({
      name: 'kms_signing_queue_seconds',
      help: 'How long a signing job waited for a worker',
      buckets: BUCKETS,
      registers,
    });
    this.#worked = new Histogram({
      name: 'kms_signing_worker_seconds',
      help: 'How long a worker took for a batch',
      buckets: BUCKETS,
      registers,
    });
    this.#decided = new Histogram({
      name: 'kms_signing_transaction_seconds',
      help: 'How long a group of signatures took to be decided and recorded, from the call for a transaction on',
      buckets: BUCKETS,
      registers,
    });
    this.#deaths = new Counter({ name: 'kms_signing_worker_deaths_total', help: 'Workers that died', registers });
    this.#clientKeys = new ClientKeyMetrics(registry);
  }

  queueDepth(jobs: number): void {
    this.#depth.set(jobs);
  }

  batchTaken(jobs: number, waitedSeconds: readonly number[]): void {
    this.#batchSize.observe(jobs);
    for (const seconds of waitedSeconds) this.#waited.observe(seconds);
  }

  batchDone(seconds: number): void {
    this.#worked.observe(seconds);
  }

  groupDecided(seconds: number): void {
    this.#decided.observe(seconds);
  }

  workerDied(): void {
    this.#deaths.inc();
  }

  clientKeysUsed(cache: ClientKeyCache, growth: CacheGrowth): void {
    this.#clientKeys.used(cache, growth);
  }
}
