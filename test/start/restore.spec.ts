import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { kmsHere } from '../cli/kms-here.js';
import type { KmsRun } from '../cli/kms-process.js';
import { DatabaseLock } from '../../src/database/database-lock.js';
import { SEALED_COLUMNS } from '../../src/sealed-columns.js';
import { ApiClient, successOf } from '../support/api-client.js';
import { ensureBuilt, killLeftovers, startBuilt } from '../support/built-server.js';
import { tokenFor } from '../support/shared-secret.js';
import { splitWallet } from '../support/split-wallet.js';
import { newDataDirectory, removeDataDirectories } from './data-directories.js';
import { makeWallet, servedFrom, walletsOf } from './served-directory.js';

jest.setTimeout(240_000);

/** A killed service, its copies, and which wallets each has. */
interface Killed {
  readonly directory: string;
  readonly copy: string;
  readonly inCopy: readonly string[];
  readonly inAll: readonly string[];
}

const world = {} as { killed: Killed };
beforeAll(async () => {
  ensureBuilt();
  const directory = newDataDirectory();
  const built = await startBuilt(servedFrom(directory));
  const owner = new ApiClient(built.url, { 'X-Jwt-Token': tokenFor('alice') });
  const { wallet, key } = await splitWallet(owner);
  const first = wallet.client_id;
  // Of which an answer is kept.
  const sharing = { public_key: key.public_key, target_user_id: 'bob' };
  successOf(await owner.with({ 'Idempotency-Key': 'first' }).post('/share', sharing));
  const copy = join(directory, '..', 'copy.sqlite');
  const reader = new BetterSqlite3(join(directory, 'kms.sqlite'), { readonly: true });
  await reader.backup(copy);
  reader.close();
  const second = await makeWallet(owner);
  built.process.kill('SIGKILL');
  await built.ended;
  world.killed = { directory, copy, inCopy: [first], inAll: [first, second].sort() };
});
afterAll(() => {
  killLeftovers();
  removeDataDirectories();
});

/** The killed service's directory, for one test; and a copy of the copy in a directory of its own. */
function prepared(): { directory: string; database: string; copy: string } {
  const directory = newDataDirectory();
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // What a killed process listened on is no file.
  for (const name of readdirSync(world.killed.directory).filter((one) => !one.endsWith('.sock'))) {
    copyFileSync(join(world.killed.directory, name), join(directory, name));
  }
  const copy = join(directory, '..', 'copy.sqlite');
  copyFileSync(world.killed.copy, copy);
  return { directory, database: join(directory, 'kms.sqlite'), copy };
}

const restore = (directory: string, ...words: string[]): Promise<KmsRun> =>
  kmsHere(['restore', ...words], servedFrom(directory));

/** Every file of the directory and what is in it; the lock is always there. */
function contents(directory: string): Record<string, string> {
  const names = readdirSync(directory).filter((name) => !name.includes('.lock'));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(directory, name)).toString('base64')]));
}

describe('restore', () => {
  it('puts the copy in the place of a killed database, and keeps that one whole', async () => {
    const { directory, database, copy } = prepared();
    const { code, out } = await restore(directory, copy);
    expect(code).toBe(0);
    expect(out).toContain(
      '1 master keys, 1 mnemonics, 1 user shares, 1 kept answers, 1 server shares, 3 keys of the log, all of which open',
    );
    const kept = /is kept as (\S+)\n/.exec(out)?.[1] ?? '';
    for (const suffix of ['-wal', '-shm', '-journal']) expect(existsSync(`${database}${suffix}`)).toBe(false);
    expect([statSync(database).mode & 0o777, statSync(kept).mode & 0o777]).toEqual([0o600, 0o600]);
    expect(readdirSync(directory).filter((name) => name.includes('restoring'))).toEqual([]);
    expect(await walletsOf(servedFrom(directory))).toEqual(world.killed.inCopy);
    // The old one had everything in one file, what was only in its log too.
    expect((await restore(directory, kept)).code).toBe(0);
    expect(await walletsOf(servedFrom(directory))).toEqual(world.killed.inAll);
  });

  it('says of which rows of the copy somebody has altered something, and restores it all the same', async () => {
    const { directory, copy } = prepared();
    const connection = new BetterSqlite3(copy);
    connection.exec('UPDATE auth_freezes SET since = 1');
    connection.close();
    const { code, error } = await restore(directory, copy);
    expect([code, error]).toEqual([
      0,
      expect.stringContaining('1 rows of auth_freezes are not as the service wrote them'),
    ]);
    expect(await walletsOf(servedFrom(directory))).toEqual(world.killed.inCopy);
  });

  it('takes a copy with a log of its own beside it, and where no database is left', async () => {
    const { directory, database, copy } = prepared();
    renameSync(database, copy);
    renameSync(`${database}-wal`, `${copy}-wal`);
    rmSync(`${database}-shm`, { force: true });
    const before = [readFileSync(copy), readFileSync(`${copy}-wal`)];
    expect(await restore(directory, copy)).toMatchObject({ code: 0 });
    expect([readFileSync(copy), readFileSync(`${copy}-wal`)]).toEqual(before);
    expect(await walletsOf(servedFrom(directory))).toEqual(world.killed.inAll);
  });

  it('moves a log away that is another database’s, or that a damaged database cannot take', async () => {
    for (const spoil of [
      (database: string, copy: string) => {
        copyFileSync(copy, database);
      },
      (database: string) => {
        writeFileSync(database, 'this is no database any more'.repeat(200));
      },
    ]) {
      const { directory, database, copy } = prepared();
      spoil(database, copy);
      const log = readFileSync(`${database}-wal`);
      const { code, out } = await restore(directory, copy);
      expect(code).toBe(0);
      const kept = /is kept as (\S+-wal)\n/.exec(out)?.[1] ?? '';
      expect(readFileSync(kept)).toEqual(log);
      expect(existsSync(`${database}-wal`)).toBe(false);
    }
  });

  const refused: [string, RegExp, (at: { copy: string; directory: string; database: string }) => string][] = [
    ['that is missing', /^cannot restore: there is no file /, ({ copy }) => `${copy}.missing`],
    ['that is the database itself', /is the database itself/, ({ database }) => database],
    ['that was cut short', /is damaged: /, ({ copy }) => (truncateSync(copy, 40_000), copy)],
    [
      'in which a page was overwritten',
      /is damaged: |cannot be opened/,
      ({ copy }) => {
        const bytes = readFileSync(copy);
        for (let page = 1; page < bytes.length / 4096; page += 1) bytes.fill(0x5a, page * 4096, page * 4096 + 300);
        writeFileSync(copy, bytes);
        return copy;
      },
    ],
    ['that is no database', /is not a SQLite database/, ({ copy }) => (writeFileSync(copy, 'text'.repeat(999)), copy)],
    ['that is empty', /the copy has no tables/, ({ copy }) => (writeFileSync(copy, ''), copy)],
    [
      'that was sealed with another key',
      /another sealing key/,
      ({ copy, directory }) => {
        writeFileSync(
          join(directory, 'sealing-key'),
          `${'9f3c1d7e5b2a4860'.repeat(2)}8c4e6f1023d5a7b9e8c6f4d2b0a19387\n`,
        );
        return copy;
      },
    ],
    [
      'of a newer release',
      /Future9999999999999/,
      ({ copy }) =>
        altered(copy, "INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'Future9999999999999')"),
    ],
    ['of another program', /is not a database of this service/, ({ copy }) => altered(copy, 'DROP TABLE migrations')],
    ...SEALED_COLUMNS.map(({ table, column }): (typeof refused)[number] => [
      `in which a value of ${column} was altered`,
      new RegExp(`${column} of a row of ${table} cannot be opened`),
      ({ copy }) => altered(copy, `UPDATE ${table} SET ${column} = zeroblob(64)`),
    ]),
    [
      'beside which another database’s log lies',
      /a write-ahead log that was not written for it/,
      ({ copy, database }) => (copyFileSync(`${database}-wal`, `${copy}-wal`), copy),
    ],
  ];

  function altered(copy: string, sql: string): string {
    const database = new BetterSqlite3(copy);
    database.exec(sql);
    database.close();
    return copy;
  }

  it.each(refused)('refuses a copy %s in one line, and changes nothing', async (_, reason, spoil) => {
    const at = prepared();
    const file = spoil(at);
    const before = contents(at.directory);
    const { code, out, error } = await restore(at.directory, file);
    expect([code > 0, out]).toEqual([true, '']);
    const last = error.trimEnd().split('\n').at(-1) ?? '';
    expect(last).toMatch(/^cannot restore: /);
    expect(last).toMatch(reason);
    expect(contents(at.directory)).toEqual(before);
  });

  it('refuses while the service runs, and without its file', async () => {
    const { directory, database, copy } = prepared();
    const before = contents(directory);
    const lock = DatabaseLock.acquire(database);
    expect((await restore(directory, copy)).error).toMatch(
      /^cannot restore: DATABASE is in use by another process[^\n]+\n$/,
    );
    lock.release();
    for (const words of [[], ['one', 'two'], ['--force']]) {
      expect(await restore(directory, ...words)).toMatchObject({
        code: 2,
        out: '',
        error: expect.stringMatching(/^error: /),
      });
    }
    expect(contents(directory)).toEqual(before);
  });

  it('opens every column that holds something sealed', () => {
    const database = new BetterSqlite3(world.killed.copy, { readonly: true });
    const sealed = database
      .prepare<[], { place: string }>(
        `SELECT m.name || '.' || c.name AS place FROM sqlite_master m, pragma_table_info(m.name) c
          WHERE m.type = 'table' AND c.name LIKE '%sealed%' ORDER BY place`,
      )
      .all();
    database.close();
    expect(sealed.map(({ place }) => place)).toEqual(
      SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`).sort(),
    );
  });
});
