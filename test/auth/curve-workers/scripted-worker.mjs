// A worker that does as it is told: at its start by the script, and for each job by the first word of its share's id.
import { getEnvironmentData, parentPort } from 'node:worker_threads';
import { packResults, unpackJobs } from '../../../dist/auth/curve-workers/protocol/batch-codec.js';

const { starts, memory } = getEnvironmentData('scripted worker');
const start = starts[Math.min(Atomics.add(memory, 1, 1), starts.length - 1)];
if (start === 'throws') throw new Error('scripted to throw at its start');
if (start === 'ends') process.exit(3);

parentPort.on('message', ({ id, packedJobs }) => {
  const jobs = unpackJobs(packedJobs);
  const words = jobs.map(({ shareId }) => shareId.split(' ')[0]);
  if (words.includes('waits')) Atomics.wait(memory, 0, 0);
  if (words.includes('throws')) throw new Error('scripted to throw');
  if (words.includes('exits')) process.exit(7);
  while (words.includes('hangs'));
  const names = jobs.map(({ shareId }) => shareId).join();
  const results = words.map((word) =>
    word === 'wrong'
      ? { outcome: 'failed', reason: names }
      : { outcome: 'signed', signature: Uint8Array.from(Buffer.from(names)) },
  );
  if (words.includes('short')) results.pop();
  const packed = packResults(results);
  answer(id, words.includes('garbles') ? packed.subarray(1) : packed);
  const others = jobs.map(() => ({ outcome: 'wrong-partial' }));
  if (words.includes('twice')) answer(id, packResults(others));
});
function answer(id, packedResults) {
  parentPort.postMessage({ kind: 'answer', id, packedResults, milliseconds: 1 });
}
if (start !== 'is silent') parentPort.postMessage({ kind: 'ready' });
