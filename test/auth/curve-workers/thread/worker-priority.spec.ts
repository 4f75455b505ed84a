import { afterEach, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import type { CurvePool } from '../../../../src/auth/curve-workers/pool/curve-pool.js';
import { WORKER_NICENESS } from '../../../../src/engine/worker-priority.js';
import { createWallet } from '../../../crypto/mcl/batch/co-sign-fixtures.js';
import { checkOf } from '../co-sign-jobs.js';
import { watchWorkers } from '../new-workers.js';
import { startRealPool } from '../real-pool.js';
import { outcomesOf } from '../scripted-pool.js';

// Elsewhere a priority is the whole process's, and there is nothing to see.
const onLinux = process.platform === 'linux' ? it : it.skip;

let pool: CurvePool | undefined;
afterEach(() => pool?.close());

const niceOf = (thread: number): number => {
  const stat = readFileSync(`/proc/${process.pid}/task/${thread}/stat`, 'utf8');
  // The name before it, in parentheses, may hold anything. What follows begins with field 3; the niceness is field 19.
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
};
const threads = (): number[] => readdirSync(`/proc/${process.pid}/task`).map(Number);

/** Threads of servers that spec files before this one have stopped in the same process may still be ending. */
const leftovers = threads();
const ours = (): number[] => threads().filter((thread) => !leftovers.includes(thread));
const nicer = (): number[] => ours().filter((thread) => niceOf(thread) === niceOf(process.pid) + WORKER_NICENESS);

describe('the curve workers', () => {
  onLinux('are nicer than the HTTP thread and all others, and so is one that replaces another', async () => {
    const ownNice = getPriority();
    const watched = watchWorkers();
    pool = await startRealPool({ workers: 2 });
    const workers = nicer();
    expect(workers).toHaveLength(2);
    expect([niceOf(process.pid), getPriority()]).toEqual([ownNice, ownNice]);
    expect(ours().filter((thread) => niceOf(thread) !== ownNice)).toEqual(workers);

    await Promise.all(watched.all.map((worker) => worker.terminate()));
    watched.stopWatching();
    const job = checkOf(createWallet());
    expect(await outcomesOf([pool.run(job)])).toEqual(['answered']);
    const replaced = nicer();
    expect(replaced).not.toEqual([]);
    expect(replaced.filter((thread) => workers.includes(thread))).toEqual([]);
    expect(niceOf(process.pid)).toBe(ownNice);
  });
});
