import { parentPort, workerData } from 'node:worker_threads';
import { createSealer } from '../../../crypto/sealing/create-sealer.js';
import { packResults, unpackJobs } from '../protocol/batch-codec.js';
import { createCurveWork } from './create-curve-work.js';
import type { BatchAnswer, BatchQuestion, RingMessage, WorkerSetUp } from '../protocol/worker-messages.js';
import { letOthersGoFirst } from '../../../engine/worker-priority.js';

// A worker thread: takes a batch, answers a batch, one at a time. It holds the keys that open server shares.
const port = parentPort;
if (port === null) throw new Error('a curve worker runs in a worker thread');
letOthersGoFirst();
const { engine, keyRing, batchMax } = workerData as WorkerSetUp;
const work = await createCurveWork(engine, createSealer(keyRing), batchMax);

port.on('message', (message: BatchQuestion | RingMessage) => {
  if ('keyRing' in message) {
    work.openWith(createSealer(message.keyRing));
    return;
  }
  const { id, packedJobs } = message;
  const jobs = unpackJobs(packedJobs);
  const startedAt = performance.now();
  const results = work.perform(jobs);
  const milliseconds = performance.now() - startedAt;
  const [packedResults, clientKeys] = [packResults(results), work.clientKeys()];
  const answer: BatchAnswer = { kind: 'answer', id, packedResults, milliseconds, clientKeys };
  port.postMessage(answer, [packedResults.buffer]);
});
port.postMessage({ kind: 'ready' });
