import { afterEach, describe, expect, it } from '@jest/globals';
import type { Transferable } from 'node:worker_threads';
import type { CurvePool } from '../../../src/auth/curve-workers/pool/curve-pool.js';
import type { BatchQuestion } from '../../../src/auth/curve-workers/protocol/worker-messages.js';
import { createWallet, engine, requestOf } from '../../crypto/mcl/batch/co-sign-fixtures.js';
import { systemRandomBytes } from '../../../src/crypto/random-bytes.js';
import { checkOf, jobOf, signedBy } from './co-sign-jobs.js';
import { watchWorkers } from './new-workers.js';
import { startRealPool } from './real-pool.js';
import { outcomesOf } from './scripted-pool.js';

let pool: CurvePool | undefined;
afterEach(() => pool?.close());

describe('a worker of the service', () => {
  it('takes jobs whose bytes lie in a pool, and leaves that pool alone', async () => {
    pool = await startRealPool();
    const wallet = createWallet();
    const { message, userPartial } = requestOf(wallet);
    const pooled = (bytes: Uint8Array): Buffer => Buffer.from(Buffer.from(bytes).toString('hex'), 'hex');
    const userKey = pooled(engine.publicKeyOf(wallet.userShare));
    const job = {
      kind: 'check-partial',
      shareId: 'a row',
      userKey,
      message,
      userPartial: pooled(userPartial),
    } as const;
    expect(userKey.buffer.byteLength).toBeGreaterThan(userKey.length);
    expect(await pool.run(job)).toEqual({ outcome: 'users-own' });
    expect(await pool.run(job)).toEqual({ outcome: 'users-own' });
  });

  it('signs messages of every length, whole, and those of one batch apart', async () => {
    const started = await startRealPool();
    pool = started;
    const wallet = createWallet();
    const jobs = [1024, 1, 32, 16, 64].map((length) => jobOf(wallet, 'a row', systemRandomBytes(length)));
    const results = await Promise.all(jobs.map((job) => started.run(job)));
    // Bytes that crossed the threads are of another world than Jest's.
    expect(results.map((result) => JSON.stringify(result))).toEqual(
      jobs.map((job) => JSON.stringify(signedBy(wallet, job))),
    );
  });

  it('dies of a batch that was cut, whose jobs are told, and is replaced', async () => {
    const watched = watchWorkers();
    pool = await startRealPool();
    const [worker] = watched.all;
    if (worker === undefined) throw new Error('no worker was started');
    const post = worker.postMessage.bind(worker);
    worker.postMessage = (question: BatchQuestion, transfer: Transferable[]) => {
      post({ ...question, packedJobs: question.packedJobs.subarray(0, -1) }, transfer);
    };
    const job = checkOf(createWallet());
    expect(await outcomesOf([pool.run(job)])).toEqual(['SIGNING.INTERRUPTED']);
    expect(await outcomesOf([pool.run(job)])).toEqual(['answered']);
    expect(watched.all).toHaveLength(2);
    watched.stopWatching();
  });
});
