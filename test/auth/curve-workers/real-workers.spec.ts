import { afterEach, describe, expect, it } from '@jest/globals';
import type { Transferable } from 'node:worker_threads';
import type { CurvePool } from '../../../src/auth/curve-workers/curve-pool.js';
import type { BatchQuestion } from '../../../src/auth/curve-workers/worker-messages.js';
import { createWallet, engine, requestOf } from '../../crypto/batch-signing/co-sign-fixtures.js';
import { watchWorkers } from './new-workers.js';
import { startRealPool } from './real-pool.js';
import { outcomesOf } from './scripted-pool.js';

let pool: CurvePool | undefined;
afterEach(() => pool?.close());

describe('a worker of the service', () => {
  it('takes jobs whose bytes lie in a pool, and leaves that pool alone', async () => {
    pool = await startRealPool();
    const wallet = createWallet();
    const { hash, userPartial } = requestOf(wallet);
    const pooled = (bytes: Uint8Array): Buffer => Buffer.from(Buffer.from(bytes).toString('hex'), 'hex');
    const userKey = pooled(engine.publicKeyOf(wallet.userShare));
    const job = { kind: 'check-partial', shareId: 'a row', userKey, hash, userPartial: pooled(userPartial) } as const;
    expect(userKey.buffer.byteLength).toBeGreaterThan(userKey.length);
    expect(await pool.run(job)).toEqual({ outcome: 'users-own' });
    expect(await pool.run(job)).toEqual({ outcome: 'users-own' });
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
    const job = { kind: 'check-point', shareId: 'a row', userPartial: new Uint8Array(32) } as const;
    expect(await outcomesOf([pool.run(job)])).toEqual(['SIGNING.INTERRUPTED']);
    expect(await outcomesOf([pool.run(job)])).toEqual(['answered']);
    expect(watched.all).toHaveLength(2);
    watched.stopWatching();
  });
});
