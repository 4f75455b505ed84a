import { parentPort, workerData } from 'node:worker_threads';
import type { BlsEngineName } from '../../crypto/bls0chain/bls-engine.js';
import { createProvenEngine } from '../../crypto/create-engine.js';
import { letOthersGoFirst } from '../worker-priority.js';
import { buffersIn } from './key-job.js';
import type { KeyQuestion, KeyThreadMessage } from './key-job.js';
import { KeyWork } from './key-work.js';

// The thread that makes keys: one job at a time. It holds no sealing key, and keeps no secret between two jobs.
const port = parentPort;
if (port === null) throw new Error('keys are made in a worker thread');
letOthersGoFirst();
const work = new KeyWork(await createProvenEngine(workerData as BlsEngineName));

port.on('message', ({ id, job }: KeyQuestion) => {
  const answer = work.answer(job);
  const message: KeyThreadMessage = { kind: 'made', id, answer };
  port.postMessage(message, buffersIn(answer));
});
const ready: KeyThreadMessage = { kind: 'makes-keys' };
port.postMessage(ready);
