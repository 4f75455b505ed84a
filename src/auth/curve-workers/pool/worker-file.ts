import { compiledWorker } from '../../../engine/compiled-worker.js';

/** The compiled worker that belongs to this module. */
export function curveWorkerFile(): URL {
  return compiledWorker('../thread/curve-worker.js', import.meta.url);
}
