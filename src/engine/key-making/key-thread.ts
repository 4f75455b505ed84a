import type { BlsEngineName } from '../../crypto/bls0chain/bls-engine.js';
import { compiledWorker } from '../compiled-worker.js';
import { JobThread } from '../job-thread.js';
import { buffersIn } from './key-job.js';
import type { KeyAnswer, KeyJob, KeyQuestion, KeyThreadMessage } from './key-job.js';

/** Far beyond what an honest thread needs for its start, or for a job. Milliseconds. */
const PATIENCE = { start: 60_000, job: 10_000 } as const;

/** One worker thread that makes keys, one job at a time. */
export class KeyThread extends JobThread<KeyThreadMessage, KeyAnswer> {
  constructor(engine: BlsEngineName) {
    const file = compiledWorker('./key-worker.js', import.meta.url);
    super({ name: 'the thread that makes keys', file, workerData: engine, startMs: PATIENCE.start });
  }

  /** Moves the job's bytes to the thread. Rejects when the thread is not free, or dies before it has answered. */
  perform(job: KeyJob): Promise<KeyAnswer> {
    return this.ask((id): KeyQuestion => ({ id, job }), buffersIn(job), PATIENCE.job);
  }

  protected override readAnswer(message: KeyThreadMessage, id: number): KeyAnswer | undefined {
    return message.kind === 'made' && message.id === id ? message.answer : undefined;
  }
}
