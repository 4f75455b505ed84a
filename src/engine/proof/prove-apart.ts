import { Worker } from 'node:worker_threads';
import type { BlsEngineName } from '../../crypto/bls0chain/bls-engine.js';
import { compiledWorker } from '../compiled-worker.js';

/** Far beyond what an honest engine needs. */
const PATIENCE_MS = 60_000;

/**
 * Has an engine give its known answers in a thread of its own, while this one goes on. Rejects with what is wrong when it
 * gives others, or takes too long.
 */
export function proveApart(name: BlsEngineName): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(compiledWorker('./proof-worker.js', import.meta.url), { workerData: name, env: {} });
    const alarm = setTimeout(() => void worker.terminate(), PATIENCE_MS).unref();
    worker.once('error', reject);
    worker.once('exit', (code) => {
      clearTimeout(alarm);
      if (code === 0) resolve();
      else reject(new Error(`the proof of the ${name} engine ended with ${code}`));
    });
  });
}
