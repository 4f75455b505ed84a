import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { isToServe } from '../../src/cli/is-to-serve.js';
import { ensureBuilt, PROJECT } from '../support/built-server.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';

beforeAll(ensureBuilt, 240_000);
afterAll(removeDataDirectories);

it('kms serve serves in its own process, tells a program where, and ends in good order', async () => {
  const words = [join(PROJECT, 'dist', 'cli', 'kms.js'), 'serve', '--json'];
  const env = { DATA_DIR: newDataDirectory(), PORT: '0', LOG_LEVEL: 'silent' };
  const service = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  service.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const ended = once(service, 'close');
  const [first] = (await once(service.stdout.setEncoding('utf8'), 'data')) as [string];
  const told = JSON.parse(first) as { ready: boolean; url: string; made: string[] };
  expect([told.ready, told.made.length, errors]).toEqual([true, 2, '']);
  expect((await fetch(`${told.url}/health/ready`)).status).toBe(200);
  service.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
}, 60_000);

it('kms serve loads commander for its help alone', () => {
  expect(isToServe(['serve'])).toBe(true);
  expect(isToServe(['serve', '--json'])).toBe(true);
  for (const words of [[], ['status'], ['serve', '--help'], ['serve', 'now'], ['--json', 'serve']]) {
    expect(isToServe(words)).toBe(false);
  }
});
