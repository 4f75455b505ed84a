import type { CacheGrowth, ClientKeyCache } from '../../../metrics/client-key-metrics.js';

/** What a pool tells of its work, for metrics. */
export interface PoolObserver {
  queueDepth(jobs: number): void;
  /** A worker took a batch; how long each of its jobs had waited. */
  batchTaken(jobs: number, waitedSeconds: readonly number[]): void;
  batchDone(seconds: number): void;
  workerDied(): void;
  /** A worker answered, or is gone with what it kept. */
  clientKeysUsed(cache: ClientKeyCache, growth: CacheGrowth): void;
}
