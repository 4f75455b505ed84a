import { afterEach } from '@jest/globals';
import { setEnvironmentData } from 'node:worker_threads';
import { CurvePool } from '../../../src/auth/curve-workers/pool/curve-pool.js';
import type { CurvePoolOptions } from '../../../src/auth/curve-workers/pool/curve-pool.js';
import type { CurveJob, CurveResult } from '../../../src/auth/curve-workers/protocol/curve-job.js';
import { WORKER_PATIENCE } from '../../../src/auth/curve-workers/pool/worker-patience.js';
import type { WorkerPatience } from '../../../src/auth/curve-workers/pool/worker-patience.js';
import { ringOf } from '../../crypto/sealing/sealing-fixtures.js';
import { watchWorkers } from './new-workers.js';
import type { NewWorkers } from './new-workers.js';

/** What a worker does at its start. */
export type Start = 'is ready' | 'throws' | 'ends' | 'is silent';

/** The workers' script: what each does at its start, the last for all that follow, and the gate of "waits". */
export interface Script {
  readonly openGate: () => void;
}

export function writeScript(starts: readonly Start[] = ['is ready']): Script {
  const memory = new Int32Array(new SharedArrayBuffer(8));
  setEnvironmentData('scripted worker', { starts, memory });
  return {
    openGate: () => {
      Atomics.store(memory, 0, 1);
      Atomics.notify(memory, 0);
    },
  };
}

/** A pool of scripted workers, and all that it told its observer. */
export interface ScriptedPool extends Script {
  readonly pool: CurvePool;
  readonly batchSizes: readonly number[];
  readonly depths: readonly number[];
  readonly deaths: () => number;
  readonly workers: NewWorkers;
  /** A job for each of these ids, in their order. */
  readonly run: (...shareIds: string[]) => Promise<CurveResult>[];
}

export type ScriptedOptions = Partial<Omit<CurvePoolOptions, 'patience'>> & {
  readonly starts?: readonly Start[];
  readonly patience?: Partial<WorkerPatience>;
};

async function startScripted({ starts, patience, ...options }: ScriptedOptions = {}): Promise<ScriptedPool> {
  const script = writeScript(starts);
  const workers = watchWorkers();
  const [batchSizes, depths] = [[] as number[], [] as number[]];
  let deaths = 0;
  try {
    const pool = await CurvePool.start({
      workerFile: new URL('./scripted-worker.mjs', import.meta.url),
      workers: 1,
      queueMax: 1000,
      batchMax: 4,
      engine: 'herumi',
      keyRing: ringOf('auth'),
      observer: {
        queueDepth: (jobs) => depths.push(jobs),
        batchTaken: (jobs) => batchSizes.push(jobs),
        batchDone: () => undefined,
        workerDied: () => (deaths += 1),
        clientKeysUsed: () => undefined,
      },
      patience: { ...WORKER_PATIENCE, ...patience },
      ...options,
    });
    const run = (...shareIds: string[]): Promise<CurveResult>[] => shareIds.map((id) => pool.run(jobNamed(id)));
    return { ...script, pool, batchSizes, depths, deaths: () => deaths, workers, run };
  } finally {
    workers.stopWatching();
  }
}

export function jobNamed(shareId: string): CurveJob {
  const nothing = new Uint8Array(0);
  return { kind: 'check-partial', shareId, userKey: nothing, message: nothing, userPartial: nothing };
}

/** Which jobs a scripted worker did together with this one. */
export function togetherWith(result: CurveResult): string[] {
  if (result.outcome === 'signed') return new TextDecoder().decode(result.signature).split(',');
  if (result.outcome === 'failed') return result.reason.split(',');
  throw new Error(`a scripted worker does not answer ${result.outcome}`);
}

/** For each promise, `answered` or the code with which it was rejected. */
export async function outcomesOf(promises: readonly Promise<unknown>[]): Promise<string[]> {
  const settled = await Promise.allSettled(promises);
  return settled.map((one) => (one.status === 'fulfilled' ? 'answered' : (one.reason as { code: string }).code));
}

/** Starts pools for the tests of a file; each is closed after the test that it was started in. */
export function scriptedPools(): (options?: ScriptedOptions) => Promise<ScriptedPool> {
  const started: ScriptedPool[] = [];
  afterEach(async () => {
    for (const { openGate, pool } of started.splice(0)) {
      openGate();
      await pool.close();
    }
  });
  return async (options) => {
    const scripted = await startScripted(options);
    started.push(scripted);
    return scripted;
  };
}
