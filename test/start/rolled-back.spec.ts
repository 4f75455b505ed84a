import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { kmsHere } from '../cli/kms-here.js';
import { successOf } from '../support/api-client.js';
import { newDataDirectory, removeDataDirectories } from './data-directories.js';
import { makeWallet, refusalOf, servedFrom, whileServing } from './served-directory.js';
import type { Environment } from './served-directory.js';

afterAll(removeDataDirectories);

let directory: string;
let database: string;
let file: string;
let environment: Environment;
beforeEach(() => {
  directory = newDataDirectory();
  database = join(directory, 'kms.sqlite');
  file = join(directory, 'checkpoints');
  environment = { ...servedFrom(directory), AUDIT_ORIGIN: 'kms.example/audit' };
});

/** Serves, has so many wallets made, and ends in good order. */
async function serve(wallets: number): Promise<void> {
  await whileServing(environment, async (owner) => {
    for (let made = 0; made < wallets; made += 1) await makeWallet(owner);
  });
}

/** The database as it is, in a file of its own. */
function copyAway(): string {
  const copy = join(directory, '..', 'copy.sqlite');
  copyFileSync(database, copy);
  return copy;
}

function putBack(copy: string): void {
  for (const suffix of ['-wal', '-shm']) rmSync(`${database}${suffix}`, { force: true });
  copyFileSync(copy, database);
}

/** What the last checkpoint in the file says: its origin and size. */
function lastInFile(): [origin: string | undefined, size: number] {
  const notes = readFileSync(file, 'utf8').split(/\n\n(?=kms)/);
  const [origin, size] = (notes.at(-1) ?? '').split('\n');
  return [origin, Number(size)];
}

interface Ended {
  readonly code: number;
  readonly said: string;
}

async function kms(...words: string[]): Promise<Ended> {
  const { code, out, error } = await kmsHere(words, environment);
  return { code, said: `${out}${error}`.trim() };
}
const accept = (...words: string[]): Promise<Ended> => kms('audit', 'accept-rollback', ...words);
const restore = (copy: string): Promise<Ended> => kms('restore', copy);

const headIn = (line: string): string => /accept-rollback -- (\S+)/.exec(line)?.[1] ?? '';

const lastEntry = (): Record<string, unknown> => {
  const connection = new BetterSqlite3(database, { readonly: true });
  const sql = "SELECT entry FROM audit_entries WHERE entry ->> '$.action' = 'accept-rollback' ORDER BY id DESC LIMIT 1";
  const text = connection.prepare<[], string>(sql).pluck().get() ?? '{}';
  connection.close();
  return JSON.parse(text) as Record<string, unknown>;
};

describe('a database that was set back', () => {
  it.each([1, 300])(
    'by %d entries is refused at every start, and names the checkpoint that it is behind',
    async (lost) => {
      await serve(2);
      const copy = copyAway();
      await serve(lost);
      expect(lastInFile()).toEqual(['kms.example/audit', 2 + lost]);
      putBack(copy);
      for (let start = 0; start < 2; start += 1) {
        const line = await refusalOf(environment);
        expect(line).toContain(`the database is older than the last checkpoint in AUDIT_CHECKPOINT_FILE (${file})`);
        expect(headIn(line)).toMatch(new RegExp(`^${2 + lost}:[A-Za-z0-9+/]{43}=$`));
      }
      expect(lastInFile()).toEqual(['kms.example/audit', 2 + lost]);
    },
  );

  it('and has grown again since is refused as well', async () => {
    await serve(1);
    const copy = copyAway();
    await serve(1);
    const kept = readFileSync(file);
    putBack(copy);
    rmSync(file);
    // Somebody served it without the file.
    await serve(3);
    writeFileSync(file, kept);
    expect(await refusalOf(environment)).toContain('is not what the last checkpoint');
  });

  it('serves when that is accepted, under another name, and the record says what was lost', async () => {
    await serve(2);
    const copy = copyAway();
    await serve(1);
    putBack(copy);
    const head = headIn(await refusalOf(environment));
    const other = `9${head.slice(1)}`;
    expect(await accept(other)).toMatchObject({ code: 2, said: expect.stringContaining(head) as unknown });
    expect(await accept()).toMatchObject({
      code: 2,
      said: expect.stringContaining("missing required argument 'head'") as unknown,
    });
    await refusalOf(environment);
    expect(await accept(head)).toMatchObject({
      code: 0,
      said: expect.stringContaining('kms.example/audit/e1') as unknown,
    });
    const [size, root] = head.split(':');
    expect(lastEntry()).toMatchObject({
      outcome: 'approved',
      facts: {
        log: { before: 'kms.example/audit', after: 'kms.example/audit/e1' },
        lost_head: { origin: 'kms.example/audit', size: Number(size), root },
      },
    });
    await serve(1);
    expect(lastInFile()).toEqual(['kms.example/audit/e1', 4]);
    await serve(0);
    // The copy from before is refused again, and a second acceptance has a third name.
    putBack(copy);
    expect(await accept(headIn(await refusalOf(environment)))).toMatchObject({
      code: 0,
      said: expect.stringContaining('kms.example/audit/e2') as unknown,
    });
    await serve(1);
    expect(lastInFile()).toEqual(['kms.example/audit/e2', 4]);
  });

  it('by npm run restore serves, and the record says what was lost', async () => {
    await serve(1);
    const copy = copyAway();
    await serve(2);
    const { code, said } = await restore(copy);
    expect([code, said]).toEqual([0, expect.stringContaining('its log goes on as kms.example/audit/e1')]);
    expect(lastEntry()).toMatchObject({ facts: { lost_head: { size: 3 } } });
    await serve(1);
    expect(lastInFile()).toEqual(['kms.example/audit/e1', 3]);
  });

  it('by npm run restore to what it is goes on under its name', async () => {
    await serve(2);
    const { code, said } = await restore(copyAway());
    expect([code, said]).toEqual([0, expect.not.stringContaining('goes on as')]);
    await serve(1);
    expect(lastInFile()).toEqual(['kms.example/audit', 3]);
  });
});

describe('a record that was changed', () => {
  const tamper = (sql: string): void => {
    const connection = new BetterSqlite3(database);
    connection.exec(`DROP TRIGGER audit_entries_are_not_changed; ${sql};
      CREATE TRIGGER audit_entries_are_not_changed BEFORE UPDATE ON audit_entries
        BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END`);
    connection.close();
  };

  it('is refused, whether it is held against the file or against the database itself', async () => {
    await serve(3);
    tamper(`UPDATE audit_entries SET entry = replace(entry, 'alice', 'mallo') WHERE id = 2`);
    expect(await refusalOf(environment)).toContain(
      'is not what the last checkpoint in the database says of its first 3',
    );
    rmSync(file);
    expect(await refusalOf(environment)).toContain(
      'is not what the last checkpoint in the database says of its first 3',
    );
  });
});

describe('the file of checkpoints', () => {
  it('of another log is refused', async () => {
    await serve(1);
    const text = readFileSync(file, 'utf8').replaceAll('kms.example/audit', 'other.example/audit');
    writeFileSync(file, text);
    expect(await refusalOf(environment)).toContain('is of another log (other.example/audit)');
  });

  it('with a signature of somebody else is refused', async () => {
    await serve(1);
    const kept = readFileSync(file);
    const before = directory;
    directory = newDataDirectory();
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    environment = { ...servedFrom(directory), AUDIT_ORIGIN: 'kms.example/audit' };
    database = join(directory, 'kms.sqlite');
    copyFileSync(join(before, 'kms.sqlite'), database);
    copyFileSync(join(before, 'sealing-key'), join(directory, 'sealing-key'));
    const text = kept
      .toString()
      .replaceAll(/— kms\.example\/audit \S{20}/g, '— kms.example/audit AAAAAAAAAAAAAAAAAAAA');
    writeFileSync(join(directory, 'checkpoints'), text, { mode: 0o600 });
    expect(await refusalOf(environment)).toContain('is not signed by this log');
  });

  it('that lacks what was signed last, since the process ended in between, gets it at the next start', async () => {
    await serve(1);
    const before = readFileSync(file);
    await serve(1);
    const whole = readFileSync(file);
    await serve(1);
    writeFileSync(file, before);
    await serve(0);
    expect(readFileSync(file).subarray(0, whole.length)).toEqual(whole);
    expect(lastInFile()).toEqual(['kms.example/audit', 3]);
  });

  it('can lie elsewhere, and a log keeps its name', async () => {
    const elsewhere = join(directory, '..', 'elsewhere');
    environment = { ...environment, AUDIT_CHECKPOINT_FILE: elsewhere };
    await serve(1);
    expect(readFileSync(elsewhere, 'utf8')).toContain('kms.example/audit\n1\n');
    const other = { ...environment, AUDIT_ORIGIN: 'kms.example/other' };
    expect(await refusalOf(other)).toBe(
      'AUDIT_ORIGIN is not the name under which the log of this database was begun (kms.example/audit): a log keeps its name',
    );
    await whileServing({ ...environment, AUDIT_ORIGIN: '' }, async (owner) => {
      expect(successOf<{ origin: string }>(await owner.get('/audit/key')).origin).toBe('kms.example/audit');
    });
  });
});
