import { CurvePool } from '../../../src/auth/curve-workers/pool/curve-pool.js';
import type { CurvePoolOptions } from '../../../src/auth/curve-workers/pool/curve-pool.js';
import { curveWorkerFile } from '../../../src/auth/curve-workers/pool/worker-file.js';
import { ringOf } from '../../crypto/sealing/sealing-fixtures.js';

/** A pool of the service's own workers, by the key of `sealerOf('auth')`. */
export function startRealPool(options: Partial<CurvePoolOptions> = {}): Promise<CurvePool> {
  return CurvePool.start({
    workerFile: curveWorkerFile(),
    workers: 1,
    queueMax: 1000,
    batchMax: 64,
    engine: 'herumi',
    keyRing: ringOf('auth'),
    observer: {
      queueDepth: () => undefined,
      batchTaken: () => undefined,
      batchDone: () => undefined,
      workerDied: () => undefined,
      clientKeysUsed: () => undefined,
    },
    ...options,
  });
}
