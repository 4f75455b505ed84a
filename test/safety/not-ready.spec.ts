import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { CurveWorkers } from '../../src/auth/curve-workers/curve-workers.js';
import { successOf } from '../support/api-client.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';

interface Ready {
  readonly status: string;
  readonly checks: Record<string, string>;
  readonly reasons?: Record<string, string>;
}

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'kms-ready-'));
  ends.push(() => {
    rmSync(directory, { recursive: true });
  });
  return directory;
}

async function serverOn(directory: string): Promise<TestServer> {
  const server = await startTestServer({ DATABASE: join(directory, 'kms.sqlite') });
  ends.push(() => server.stop());
  return server;
}

/** Why it is not ready, by check; nothing when it is. */
async function reasonsOf(server: TestServer): Promise<Record<string, string>> {
  const answer = await server.anonymous().get('/health/ready');
  const { status, checks, reasons = {} } = answer.json as Ready;
  const isReady = Object.keys(reasons).length === 0;
  expect([answer.status, status]).toEqual(isReady ? [200, 'ready'] : [503, 'not ready']);
  expect(Object.keys(checks).sort()).toEqual([
    'clock',
    'database',
    'database_file',
    'disk_space',
    'engine',
    'record',
    'seal',
    'signing_workers',
  ]);
  for (const [name, state] of Object.entries(checks)) expect(state).toBe(name in reasons ? 'not ready' : 'ready');
  expect(answer.text).not.toContain(tmpdir());
  successOf(await server.anonymous().get('/health/live'));
  return reasons;
}

/** Asks until the reasons are these; a test write may be up to five seconds old. */
async function untilReasons(server: TestServer, wanted: Record<string, unknown>): Promise<void> {
  const until = Date.now() + 20_000;
  for (;;) {
    const reasons = await reasonsOf(server);
    if (Date.now() > until) expect(reasons).toEqual(wanted);
    try {
      expect(reasons).toEqual(wanted);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

/** The exit code of the image's HEALTHCHECK. */
function exitOfContainerHealth(url: string): Promise<number | null> {
  const { hostname, port } = new URL(url);
  const script = fileURLToPath(new URL('../../scripts/container-health.mjs', import.meta.url));
  const child = spawn(process.execPath, [script], { env: { HOST: hostname, PORT: port }, stdio: 'ignore' });
  return new Promise((resolve) => child.once('close', resolve));
}

describe('the service is not ready', () => {
  it.each([
    ['', 'the database file'],
    ['-wal', 'its -wal file'],
    ['-shm', 'its -shm file'],
  ])('when kms.sqlite%s is no longer the one that it has open, and again when it is', async (suffix, what) => {
    const directory = newDirectory();
    const server = await serverOn(directory);
    expect(await reasonsOf(server)).toEqual({});
    const [file, aside] = [join(directory, `kms.sqlite${suffix}`), join(directory, 'aside')];
    const wrong = { database_file: `${what} was removed or replaced while it was open: restart the service` };
    renameSync(file, aside);
    expect(await reasonsOf(server)).toEqual(wrong);
    copyFileSync(aside, file);
    expect(await reasonsOf(server)).toEqual(wrong);
    renameSync(aside, file);
    expect(await reasonsOf(server)).toEqual({});
  });

  it('while another program has locked the database for long, and again when it has not', async () => {
    const directory = newDirectory();
    const server = await serverOn(directory);
    const shell = new BetterSqlite3(join(directory, 'kms.sqlite'));
    shell.exec('BEGIN IMMEDIATE');
    await untilReasons(server, { database: 'another program has locked it' });
    shell.exec('ROLLBACK');
    shell.close();
    await untilReasons(server, {});
    expect(server.log.filter((line) => line.includes('not ready:'))).not.toEqual([]);
    expect(server.log.filter((line) => line.includes('ready again'))).toHaveLength(1);
  });

  it('after a commit that failed, until a write succeeds', async () => {
    const server = await serverOn(newDirectory());
    expect(await reasonsOf(server)).toEqual({});
    await server.dataSource().query('PRAGMA query_only = ON');
    expect((await server.as('alice').post('/wallet')).status).toBe(503);
    expect(await reasonsOf(server)).toEqual({ database: 'the last commit failed' });
    await untilReasons(server, { database: 'a test write failed (SQLITE_READONLY)' });
    await server.dataSource().query('PRAGMA query_only = OFF');
    await untilReasons(server, {});
    successOf(await server.as('alice').post('/wallet'), 201);
  });

  it('when no worker is left to sign', async () => {
    const server = await serverOn(newDirectory());
    await server.app.get(CurveWorkers).onApplicationShutdown();
    expect(await reasonsOf(server)).toEqual({ signing_workers: 'no worker that signs is ready' });
    // What a restart does not mend must not lead to one.
    expect(await exitOfContainerHealth(server.url)).toBe(0);
    await server.close();
    expect(await exitOfContainerHealth(server.url)).toBe(1);
  });
});

/** A file system of this size, or nothing where none may be mounted. */
function smallDisk(mebibytes: number): string | undefined {
  const directory = newDirectory();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', directory], { stdio: 'pipe' });
  } catch {
    process.stderr.write('skipped: a full disk, since nothing may be mounted here\n');
    return undefined;
  }
  ends.push(() => execFileSync('umount', ['--lazy', directory]));
  return directory;
}

describe('on a disk that fills up', () => {
  it('it is not ready, tells why, loses nothing that it acknowledged, and is ready again when there is room', async () => {
    const directory = smallDisk(80);
    if (directory === undefined) return;
    const server = await serverOn(directory);
    const owner = server.as('alice');
    successOf(await owner.post('/wallet'), 201);
    expect(await reasonsOf(server)).toEqual({});

    const ballast = join(directory, 'ballast');
    const fill = (leave: number): void => {
      const { bavail, bsize } = statfsSync(directory);
      writeFileSync(ballast, Buffer.alloc(bavail * bsize - leave), { flag: 'a' });
    };
    fill(32 * 1024 * 1024);
    expect(await reasonsOf(server)).toEqual({ disk_space: 'less than 64 MiB are free on the disk' });
    let kept = 1;
    fill(0);
    for (;;) {
      const { status } = await owner.post('/wallet');
      if (status !== 201) {
        expect(status).toBe(503);
        break;
      }
      kept += 1;
    }
    await untilReasons(server, {
      database: expect.stringMatching(/^(the last commit failed|a test write failed.*)$/),
      disk_space: 'less than 64 MiB are free on the disk',
    });
    rmSync(ballast);
    await untilReasons(server, {});
    successOf(await owner.post('/wallet'), 201);
    expect((await owner.get('/wallets')).json).toHaveLength(kept + 1);
  });
});
