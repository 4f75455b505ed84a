import { execFileSync } from 'node:child_process';
import { readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ensureBuilt, killLeftovers, spawnBuilt, startBuilt, stopBuilt } from '../support/built-server.js';
import type { BuiltProcess } from '../support/built-server.js';
import { newDataDirectory, removeDataDirectories } from './data-directories.js';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const REFUSED = /^cannot start: DATABASE is in use by another process: [^\n]+\n$/;

beforeAll(() => {
  ensureBuilt();
}, 240_000);
afterAll(() => {
  killLeftovers();
  removeDataDirectories();
});

async function expectRefused(built: BuiltProcess): Promise<void> {
  expect(await built.ended).toEqual({ code: 1, signal: null });
  expect(built.stdout()).toBe('');
  expect(built.stderr()).toMatch(REFUSED);
}

describe('a database has one process', () => {
  it('so a second start is refused, whatever the path it was given, and changes nothing', async () => {
    const directory = newDataDirectory();
    const first = await startBuilt({ DATA_DIR: directory, LOG_LEVEL: 'silent' });
    const linked = `${directory}-linked`;
    symlinkSync(directory, linked);
    const files = (): unknown[] =>
      readdirSync(directory).map((name) => [name, statSync(join(directory, name)).mtimeMs]);
    const before = files();
    await expectRefused(spawnBuilt({ DATA_DIR: directory, LOG_LEVEL: 'silent' }));
    await expectRefused(spawnBuilt({ DATA_DIR: linked, LOG_LEVEL: 'silent' }));
    await expectRefused(
      spawnBuilt({ DATA_DIR: newDataDirectory(), DATABASE: join(linked, 'kms.sqlite'), LOG_LEVEL: 'silent' }),
    );
    expect(files()).toEqual(before);
    expect((await fetch(`${first.url}/health/ready`)).status).toBe(200);
    await stopBuilt(first);
  });

  it('and may be had again at once when that one has ended, also by kill -9', async () => {
    const directory = newDataDirectory();
    for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
      const built = await startBuilt({ DATA_DIR: directory, LOG_LEVEL: 'silent' });
      built.process.kill(signal);
      await built.ended;
    }
    await stopBuilt(await startBuilt({ DATA_DIR: directory, LOG_LEVEL: 'silent' }));
  });

  it('and exactly one, when several start at the same instant', async () => {
    const directory = newDataDirectory();
    const all = Array.from({ length: 3 }, () => spawnBuilt({ DATA_DIR: directory, LOG_LEVEL: 'silent' }));
    const serves = (built: BuiltProcess): boolean => built.stdout().includes('ready at');
    const settled = (built: BuiltProcess): Promise<unknown> =>
      Promise.race([built.ended, new Promise((resolve) => built.process.stdout?.once('data', resolve))]);
    await Promise.all(all.map(settled));
    expect(all.filter(serves)).toHaveLength(1);
    for (const built of all) {
      if (!serves(built)) await expectRefused(built);
      else await stopBuilt(built);
    }
  });

  it('which may also be a migration command, that is refused beside the service', async () => {
    const directory = newDataDirectory();
    const built = await startBuilt({ DATA_DIR: directory, LOG_LEVEL: 'silent' });
    const show = (): string => {
      try {
        return execFileSync(process.execPath, [join(PROJECT, 'scripts', 'migration.mjs'), 'show'], {
          cwd: PROJECT,
          env: { PATH: process.env['PATH'], DATA_DIR: directory },
          encoding: 'utf8',
          stdio: 'pipe',
        });
      } catch (error) {
        return (error as { stderr: string }).stderr;
      }
    };
    expect(show()).toMatch(/^cannot migrate: DATABASE is in use by another process: [^\n]+\n$/);
    await stopBuilt(built);
    expect(show()).toContain('[X] 1 InitialSchema');
  }, 240_000);
});
