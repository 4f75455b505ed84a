import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { kmsHere } from '../cli/kms-here.js';
import { numbersFrom } from '../restrictions/evaluation/random-questions.js';
import { successOf } from '../support/api-client.js';
import { splitWallet } from '../support/split-wallet.js';
import { newDataDirectory, removeDataDirectories } from './data-directories.js';
import { refusalOf, servedFrom, whileServing } from './served-directory.js';
import type { Environment } from './served-directory.js';

/** Each a history of its own, with as many copies on the way. */
const HISTORIES = 2;
const COPIES = 10;
const SEED = 20_261_129;

/** Refused copies that are then accepted, by their place among all. */
const ACCEPTED = [3, 17];

/** A directory that was served for a while, and copies of its database on the way. */
interface History {
  readonly environment: Environment;
  readonly database: string;
  readonly copies: readonly { readonly path: string; readonly size: number }[];
  /** The file of checkpoints at the end. */
  readonly checkpoints: Buffer;
  readonly size: number;
}

let histories: readonly History[];
beforeAll(async () => {
  const random = numbersFrom(SEED);
  const made: History[] = [];
  for (let history = 0; history < HISTORIES; history += 1) made.push(await live(random));
  histories = made;
}, 120_000);
afterAll(removeDataDirectories);

/** Between two copies a split key is made and revoked, and up to some hundred other things are decided. */
async function live(random: () => number): Promise<History> {
  const directory = newDataDirectory();
  const [database, checkpoints] = [join(directory, 'kms.sqlite'), join(directory, 'checkpoints')];
  const environment = { ...servedFrom(directory), AUDIT_ORIGIN: 'kms.example/audit' };
  const copies: { path: string; size: number }[] = [];
  const size = await whileServing(environment, async (owner) => {
    const other = new BetterSqlite3(database, { timeout: 10_000 });
    const entries = (): number => other.prepare<[], number>('SELECT count(*) FROM audit_entries').pluck().get() ?? 0;
    for (let made = 0; made < COPIES; made += 1) {
      const path = join(directory, '..', `copy-${made}.sqlite`);
      await other.backup(path);
      copies.push({ path, size: entries() });
      const { key } = await splitWallet(owner);
      successOf(await owner.post(`/revoke/${key.client_id}`, { public_key: key.public_key }));
      // Some of them in which a tile of the tree is filled, and some in which none is.
      place(other, Math.floor(random() ** 3 * 700));
    }
    const all = entries();
    other.close();
    return all;
  });
  return { environment, database, copies, checkpoints: readFileSync(checkpoints), size };
}

function place(database: BetterSqlite3.Database, count: number): void {
  const insert = database.prepare(
    `INSERT INTO audit_entries (entry) VALUES ('{"outcome":"approved","salt":"' || lower(hex(randomblob(16))) || '"}')`,
  );
  database.transaction(() => {
    for (let at = 0; at < count; at += 1) insert.run();
  })();
}

function setBack({ environment, database, checkpoints }: History, copy: string): void {
  for (const suffix of ['-wal', '-shm']) rmSync(`${database}${suffix}`, { force: true });
  copyFileSync(copy, database);
  writeFileSync(join(environment['DATA_DIR'] ?? '', 'checkpoints'), checkpoints);
}

describe(`a database that was set back, ${HISTORIES * COPIES} times of ${HISTORIES * COPIES}`, () => {
  const trials = Array.from({ length: HISTORIES * COPIES }, (_, trial) => trial);

  it.each(trials)(
    'is noticed (%d), and goes on when that is accepted',
    async (trial) => {
      const history = histories[trial % HISTORIES];
      const copy = history?.copies[Math.floor(trial / HISTORIES)];
      if (history === undefined || copy === undefined) throw new Error('there is no such copy');
      expect(copy.size).toBeLessThan(history.size);
      setBack(history, copy.path);
      const line = await refusalOf(history.environment);
      expect(line).toContain('the database is older than the last checkpoint in AUDIT_CHECKPOINT_FILE');
      const [, head = '', size = ''] = /npm run accept-rollback -- ((\d+):\S+)/.exec(line) ?? [];
      expect(Number(size)).toBe(history.size);
      if (!ACCEPTED.includes(trial)) return;
      const { environment } = history;
      expect(await kmsHere(['audit', 'accept-rollback', head], environment)).toMatchObject({
        code: 0,
        out: expect.stringContaining('kms.example/audit/e1'),
      });
      await whileServing(environment, async (owner) => {
        await splitWallet(owner);
        const note = (await owner.get('/audit/checkpoint')).text;
        expect(note.split('\n')[0]).toBe('kms.example/audit/e1');
      });
    },
    60_000,
  );

  it('serves where nothing was set back', async () => {
    for (const { environment, database, copies } of histories) {
      const [last] = copies.toReversed();
      if (last === undefined) throw new Error('there is no copy');
      // The copy alone, without checkpoints that know of more.
      for (const name of [`${database}-wal`, `${database}-shm`]) rmSync(name, { force: true });
      rmSync(join(environment['DATA_DIR'] ?? '', 'checkpoints'), { force: true });
      copyFileSync(last.path, database);
      await whileServing(environment, async (owner) => {
        expect((await owner.get('/audit/checkpoint')).text.split('\n')[0]).toBe('kms.example/audit');
      });
    }
  }, 60_000);
});
