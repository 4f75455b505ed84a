import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { encodeVkey } from '../../../src/audit/tlog/verifier-key.js';
import { startWitness } from '../../../src/audit/witness/start-witness.js';
import { ensureBuilt } from '../../support/built-server.js';
import { log } from '../tlog/given-signers.js';
import { Branch } from './forked-log.js';

const SCRIPT = fileURLToPath(new URL('witness-process.mjs', import.meta.url));
const SIZES = 260;
/** Four histories that part at every size: which of them goes on is for the witness to say. */
const branches = ['a', 'b', 'c', 'd'].map((name) => new Branch(name, SIZES, 1));

let directory: string;
let running: ChildProcess[];
beforeAll(ensureBuilt, 250_000);
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'kms-witness-'));
  running = [];
});
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(directory, { recursive: true });
});

/** Which heads were cosigned: for each size the roots. */
class Cosigned {
  readonly roots = new Map<number, Set<string>>();

  add(branch: Branch, size: number): void {
    this.roots.set(size, (this.roots.get(size) ?? new Set()).add(branch.tree.rootAt(size).toString('hex')));
  }

  get largest(): number {
    return Math.max(0, ...this.roots.keys());
  }

  /** One root a size, and all of one history. */
  expectOneHistory(): void {
    for (const roots of this.roots.values()) expect(roots.size).toBe(1);
    const sizes = [...this.roots.keys()].filter((size) => size > 1);
    const histories = branches.filter(({ tree }) =>
      sizes.every((size) => this.roots.get(size)?.has(tree.rootAt(size).toString('hex'))),
    );
    expect(histories.length).toBeGreaterThan(0);
  }
}

/** Asks for a size of a branch, going on from what the witness says; `false` when it cannot be asked. */
async function ask(port: number, branch: Branch, size: number, cosigned: Cosigned, known: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/add-checkpoint`, {
      method: 'POST',
      body: branch.request(Math.min(known, size), size),
    });
    const text = await response.text();
    if (response.status === 200) cosigned.add(branch, size);
    if (response.headers.get('content-type') !== 'text/x.tlog.size') return true;
    const last = Number(text);
    return last > size || last === known ? true : await ask(port, branch, size, cosigned, last);
  } catch {
    return false;
  }
}

const settings = (): Parameters<typeof startWitness>[0] => ({
  ...{ host: '127.0.0.1', port: 0, logs: [log.key], name: 'witness.example/w1' },
  ...{ state: join(directory, 'state'), key: join(directory, 'key') },
  nowSeconds: () => 1_764_400_000,
  say: () => undefined,
});

it('of 64 requests at once, to two witnesses on one state, never two of one size', async () => {
  const witnesses = [await startWitness(settings()), await startWitness(settings())];
  const cosigned = new Cosigned();
  for (let size = 1; size <= 20; size += 1) {
    await Promise.all(
      Array.from({ length: 64 }, (_, at) => {
        const branch = branches[at % branches.length];
        const port = witnesses[Math.floor(at / branches.length) % 2]?.port ?? 0;
        if (branch === undefined) throw new Error('no branch');
        return ask(port, branch, size + (at % 3), cosigned, cosigned.largest);
      }),
    );
  }
  expect(cosigned.largest).toBeGreaterThan(15);
  cosigned.expectOneHistory();
  for (const witness of witnesses) await witness.close();
});

function startProcess(): Promise<{ child: ChildProcess; port: number }> {
  const words = [SCRIPT, join(directory, 'state'), join(directory, 'key'), encodeVkey(log.key)];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  running.push(child);
  return new Promise((resolve, reject) => {
    child.once('exit', () => {
      reject(new Error('the witness ended before it listened'));
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const [, port] = /listens on (\d+)/.exec(text) ?? [];
      if (port !== undefined) resolve({ child, port: Number(port) });
    });
  });
}

it('nor when it is killed in between, again and again', async () => {
  const cosigned = new Cosigned();
  let kills = 0;
  for (let round = 0; round < 8; round += 1) {
    const { child, port } = await startProcess();
    const killAfter = cosigned.roots.size + 3 + 4 * round;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await Promise.all(
      branches.map(async (branch) => {
        for (let asked = 0; asked < SIZES; asked += 1) {
          const size = Math.min(SIZES, cosigned.largest + 1 + (asked % 2));
          if (!(await ask(port, branch, size, cosigned, cosigned.largest))) return;
          if (cosigned.roots.size >= killAfter && child.kill('SIGKILL')) kills += 1;
        }
      }),
    );
    child.kill('SIGKILL');
    await ended;
  }
  expect(kills).toBeGreaterThan(4);
  expect(cosigned.roots.size).toBeGreaterThan(40);
  cosigned.expectOneHistory();
}, 60_000);
