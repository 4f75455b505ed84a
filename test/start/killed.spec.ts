import { spawn } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  cpSync,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { ApiClient } from '../support/api-client.js';
import { ensureBuilt, killLeftovers, spawnBuilt, startBuilt } from '../support/built-server.js';
import { tokenFor } from '../support/shared-secret.js';
import { newDataDirectory, removeDataDirectories } from './data-directories.js';
import { makeWallet, refusalOf, servedFrom, walletsOf, whileServing } from './served-directory.js';

jest.setTimeout(240_000);
beforeAll(() => {
  ensureBuilt();
});
afterAll(() => {
  killLeftovers();
  removeDataDirectories();
});

/** The same files in another place. */
function clone(directory: string): string {
  const target = newDataDirectory();
  // What a killed process listened on is no file.
  cpSync(directory, target, { recursive: true, filter: (name) => !name.endsWith('.sock') });
  return target;
}

describe('after kill -9', () => {
  it('a start has every acknowledged write, and a copy beside the old log is refused, not mixed', async () => {
    const directory = newDataDirectory();
    const built = await startBuilt(servedFrom(directory));
    const owner = new ApiClient(built.url, { 'X-Jwt-Token': tokenFor('alice') });
    const first = await makeWallet(owner);
    const copy = join(directory, 'copy.sqlite');
    const reader = new BetterSqlite3(join(directory, 'kms.sqlite'), { readonly: true });
    await reader.backup(copy);
    reader.close();
    const second = await makeWallet(owner);
    built.process.kill('SIGKILL');
    await built.ended;
    expect(statSync(join(directory, 'kms.sqlite-wal')).size).toBeGreaterThan(0);

    const mixed = clone(directory);
    copyFileSync(copy, join(mixed, 'kms.sqlite'));
    const before = readFileSync(join(mixed, 'kms.sqlite'));
    const line = await refusalOf(servedFrom(mixed));
    expect(line).toContain(`${join(mixed, 'kms.sqlite')}-wal`);
    expect(line).toContain('npm run restore');
    expect(readFileSync(join(mixed, 'kms.sqlite'))).toEqual(before);
    // What the line says helps.
    rmSync(join(mixed, 'kms.sqlite-wal'));
    expect(await walletsOf(servedFrom(mixed))).toEqual([first]);

    expect(await walletsOf(servedFrom(clone(directory)))).toEqual([first, second].sort());
    expect(await walletsOf(servedFrom(directory))).toEqual([first, second].sort());
  });

  it('in the first start, at whatever moment, the next start serves', async () => {
    const isThere = (directory: string, name: string): boolean => existsSync(join(directory, name));
    for (const name of ['sealing-key', 'kms.sqlite-wal']) {
      const directory = newDataDirectory();
      const built = spawnBuilt(servedFrom(directory));
      while (!isThere(directory, name)) await new Promise((resolve) => setImmediate(resolve));
      built.process.kill('SIGKILL');
      expect(await built.ended).toEqual({ code: null, signal: 'SIGKILL' });
      expect(await walletsOf(servedFrom(directory))).toEqual([]);
    }
  });
});

describe('a first start that was cut off', () => {
  it.each<[string, string]>([
    ['before any table', 'PRAGMA journal_mode = WAL'],
    [
      'before the first migration',
      'CREATE TABLE migrations (id integer PRIMARY KEY AUTOINCREMENT NOT NULL, timestamp bigint NOT NULL, name varchar NOT NULL)',
    ],
  ])('%s goes on', async (_, sql) => {
    const directory = newDataDirectory();
    await whileServing(servedFrom(directory), () => Promise.resolve());
    // A checkpoint is signed only when the database is whole.
    for (const made of ['kms.sqlite', 'checkpoints']) rmSync(join(directory, made));
    const database = new BetterSqlite3(join(directory, 'kms.sqlite'));
    database.exec(sql);
    database.close();
    expect(await walletsOf(servedFrom(directory))).toEqual([]);
  });
});

describe('a start is refused in one line', () => {
  async function served(): Promise<string> {
    const directory = newDataDirectory();
    await whileServing(servedFrom(directory), async (owner) => {
      for (let made = 0; made < 5; made += 1) await makeWallet(owner);
    });
    return directory;
  }

  it('on a damaged database', async () => {
    const directory = await served();
    const descriptor = openSync(join(directory, 'kms.sqlite'), 'r+');
    for (let page = 2; page < 30; page += 1) writeSync(descriptor, Buffer.alloc(512, 0x5a), 0, 512, page * 4096);
    closeSync(descriptor);
    expect(await refusalOf(servedFrom(directory))).toContain('is damaged: restore a copy');
  });

  it('where nothing can be written', async () => {
    const directory = await served();
    const main = join(process.cwd(), 'dist', 'main.js');
    const child = spawn('bash', ['-c', 'ulimit -f 0; exec "$0" "$1"', process.execPath, main], {
      env: servedFrom(directory),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    child.stderr.setEncoding('utf8').on('data', (part: string) => (text += part));
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(1);
    expect(text).toMatch(/^cannot start: [^\n]+\n$/);
    expect(text).toContain('cannot be used');
  });

  it('where another program is writing, without waiting for it for long', async () => {
    const directory = await served();
    const other = new BetterSqlite3(join(directory, 'kms.sqlite'));
    other.exec('BEGIN IMMEDIATE; PRAGMA user_version = 1');
    expect(await refusalOf(servedFrom(directory))).toMatch(/is locked/);
    other.close();
    expect(await walletsOf(servedFrom(directory))).toHaveLength(5);
  });
});
