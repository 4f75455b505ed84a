import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ApiClient, successOf } from '../support/api-client.js';
import { ensureBuilt, PROJECT } from '../support/built-server.js';
import { SHARED_SECRET, tokenFor } from '../support/shared-secret.js';
import { newDataDirectory, removeDataDirectories } from './data-directories.js';

jest.setTimeout(120_000);

const started: ChildProcess[] = [];
beforeAll(() => {
  ensureBuilt();
});
afterAll(() => {
  for (const child of started) {
    child.kill('SIGKILL');
    // What nobody has read of it would keep Jest from ending.
    child.stdout?.destroy();
  }
  removeDataDirectories();
});

/** What the shell does with the service's standard output. Nobody reads a pipe of ours. */
const OUTPUTS = { 'on a full disk': '>/dev/full', closed: '>&-', 'a pipe that nobody reads': '' };

/** Lines of this length, so many: more than is kept of what cannot be written. */
const LINES = 4000;
const REQUEST_ID = 'x'.repeat(128);

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function startWith(redirection: string, port: number): ChildProcess {
  const child = spawn(
    'sh',
    ['-c', `exec "$0" "$@" ${redirection}`, process.execPath, join(PROJECT, 'dist', 'main.js')],
    {
      env: { PORT: String(port), DATA_DIR: newDataDirectory(), JWT_SECRET: SHARED_SECRET, SIGNING_WORKERS: '1' },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  started.push(child);
  return child;
}

async function live(client: ApiClient, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const isLive = await client.get('/health/live').then(
      ({ status }) => status === 200,
      () => false,
    );
    if (isLive) return;
    await sleep(50);
  }
  throw new Error('it did not start');
}

const droppedLines = async (client: ApiClient): Promise<number> =>
  Number(/^kms_log_lines_dropped_total (\d+)$/m.exec((await client.get('/metrics')).text)?.[1]);

describe.each(Object.entries(OUTPUTS))('a log that cannot be written: its output is %s', (_, redirection) => {
  it('is greeted into, serves, counts the lines that it drops, and ends when asked to', async () => {
    const port = await freePort();
    const child = startWith(redirection, port);
    const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
    const owner = new ApiClient(`http://127.0.0.1:${port}`, { 'X-Jwt-Token': tokenFor('alice') });
    await live(owner, child);
    const talkative = owner.with({ 'X-Request-Id': REQUEST_ID });
    for (let sent = 0; sent < LINES; sent += 50) {
      await Promise.all(Array.from({ length: 50 }, () => talkative.get('/wallets')));
    }
    successOf(await owner.get('/wallets'));
    // What is closed is the null device to Node, which takes everything.
    if (redirection === '>&-') expect(await droppedLines(owner)).toBe(0);
    else expect(await droppedLines(owner)).toBeGreaterThan(100);
    child.kill('SIGTERM');
    expect(await Promise.race([ended, sleep(10_000, 'still running', { ref: false })])).toBe(0);
  });
});
