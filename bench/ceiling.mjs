// The ceiling: the service's own pool of curve workers, fed directly, without HTTP and database.
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { keyRingsIn } from './key-rings.mjs';
import { CurvePool } from '#built/auth/curve-workers/pool/curve-pool.js';
import { curveWorkerFile } from '#built/auth/curve-workers/pool/worker-file.js';
import { MOST_WARM_UP_MS } from './measure.mjs';
import { answerParent } from './children.mjs';

/** Nobody watches: whatever the pool wants to tell is let go. */
const SILENT = {
  queueDepth: () => undefined,
  batchTaken: () => undefined,
  batchDone: () => undefined,
  workerDied: () => undefined,
  clientKeysUsed: () => undefined,
};

/** @typedef {import('#built/auth/curve-workers/protocol/curve-job.js').CurveJob} CurveJob */

/** @type {Map<string, readonly CurveJob[]>} */
const jobs = new Map();
/** @type {CurvePool} */
let pool;

answerParent((question) => answers[question.kind](question));

/** @type {Readonly<Record<string, (question: any) => unknown>>} */
const answers = {
  setUp: async ({ directory, workers }) => {
    pool = await CurvePool.start({
      workerFile: curveWorkerFile(),
      workers,
      queueMax: 4096,
      engine: 'herumi',
      keyRing: (await keyRingsIn(directory)).auth,
      batchMax: 64,
      observer: SILENT,
    });
  },
  jobs: (question) => void jobs.set(question.name, question.jobs),
  /** Signatures per second with so many jobs in flight all the time, after a warm-up. */
  perSecond: async ({ name, inFlight, warmUpMs, warmUpAnswers, milliseconds }) => {
    const feed = startFeeding(jobs.get(name) ?? [], inFlight);
    await sleep(warmUpMs);
    const until = performance.now() + MOST_WARM_UP_MS;
    while (feed.signed() < warmUpAnswers && performance.now() < until) await sleep(50);
    const [before, start] = [feed.signed(), performance.now()];
    await sleep(milliseconds);
    const rate = ((feed.signed() - before) * 1000) / (performance.now() - start);
    await feed.stop();
    return rate;
  },
};

/**
 * @param {readonly CurveJob[]} all
 * @param {number} inFlight
 */
function startFeeding(all, inFlight) {
  let [next, signed] = [0, 0];
  let isOver = false;
  const loop = async () => {
    while (!isOver) {
      const { outcome } = await pool.run(all[next++ % all.length]);
      if (outcome !== 'signed') throw new Error(`an honest request came to ${outcome}`);
      signed += 1;
    }
  };
  const loops = Array.from({ length: inFlight }, loop);
  return {
    signed: () => signed,
    stop: async () => {
      isOver = true;
      await Promise.all(loops);
    },
  };
}
