import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { ensureBuilt, killLeftovers, spawnBuilt, startBuilt, stopBuilt } from '../support/built-server.js';
import { newDataDirectory, removeDataDirectories } from './data-directories.js';

const SEALING_KEY = '9f3c1d7e5b2a48608c4e6f1023d5a7b9e8c6f4d2b0a19387654f3e2d1c0b9a87';

beforeAll(() => {
  ensureBuilt();
}, 240_000);
afterAll(() => {
  killLeftovers();
  removeDataDirectories();
});

/** A data directory whose database, still without tables, another program has locked. */
function lockedDirectory(): { directory: string; shell: BetterSqlite3.Database } {
  const directory = newDataDirectory();
  mkdirSync(directory, { mode: 0o700 });
  writeFileSync(join(directory, 'sealing-key'), `${SEALING_KEY}\n`, { mode: 0o600 });
  const shell = new BetterSqlite3(join(directory, 'kms.sqlite'));
  shell.pragma('journal_mode = WAL');
  shell.exec('BEGIN IMMEDIATE');
  return { directory, shell };
}

describe('a start that finds the database locked by another program', () => {
  it('waits for the lock', async () => {
    const { directory, shell } = lockedDirectory();
    const starting = startBuilt({ DATA_DIR: directory, LOG_LEVEL: 'silent' });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    shell.exec('COMMIT');
    shell.close();
    await stopBuilt(await starting);
  });

  it('is refused in one line when the lock stays', async () => {
    const { directory, shell } = lockedDirectory();
    const built = spawnBuilt({ DATA_DIR: directory, LOG_LEVEL: 'silent' });
    expect(await built.ended).toEqual({ code: 1, signal: null });
    expect(built.stdout()).toBe('');
    expect(built.stderr()).toMatch(/^cannot start: DATABASE is locked by another program[^\n]+\n$/);
    shell.close();
  });
});
