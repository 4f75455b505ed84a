import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { ensureBuilt, killLeftovers, stopBuilt } from '../support/built-server.js';
import { removeDataDirectories } from '../start/data-directories.js';
import { splitWallet } from '../support/split-wallet.js';
import { startBackedUp } from './backed-up-service.js';
import type { BackedUp } from './backed-up-service.js';
import { decrypted } from './checked-backup.js';
import { runKms } from './kms-process.js';
import type { KmsRun } from './kms-process.js';

jest.setTimeout(120_000);

let world: BackedUp;

beforeAll(async () => {
  ensureBuilt();
  world = await startBackedUp();
  await splitWallet(world.owner);
}, 240_000);
afterAll(() => {
  killLeftovers();
  removeDataDirectories();
});

const backUp = (...words: readonly string[]): Promise<KmsRun> =>
  runKms(['backup', ...words, '--recipient', world.recipient], world.home, world.environment);

/** What the record says of the backups of a database, the oldest first. */
function recordedIn(database: string): object[] {
  const connection = new BetterSqlite3(database, { readonly: true });
  const entries = connection
    .prepare<[], string>(
      "SELECT entry ->> '$.facts' FROM audit_entries WHERE entry ->> '$.action' = 'make-backup' ORDER BY id",
    )
    .pluck()
    .all();
  connection.close();
  return entries.map((facts) => JSON.parse(facts) as object);
}

const recorded = (): object[] => recordedIn(join(world.directory, 'kms.sqlite'));

describe('a backup that an operator makes by hand', () => {
  it('is named in the record by what it holds, and so is each before it in the next one', async () => {
    const shown: object[] = [];
    for (const name of ['one.age', 'two.age']) {
      const { code, out } = await backUp(name, '--json');
      expect(code).toBe(0);
      const { recorded: isRecorded, ...made } = JSON.parse(out) as Record<string, unknown>;
      expect(isRecorded).toBe(true);
      shown.push({ backup: { bytes: made['bytes'], checkpoint: made['checkpoint'], entries: made['entries'] } });
    }
    expect(recorded()).toEqual(shown);
    expect(recordedIn(await decrypted(world, join(world.home, 'one.age')))).toEqual([]);
    expect(recordedIn(await decrypted(world, join(world.home, 'two.age')))).toEqual(shown.slice(0, 1));
  });

  it('and could not be made is in no record', async () => {
    const before = recorded().length;
    expect(await backUp('one.age')).toMatchObject({ code: 2, out: '' });
    expect(recorded()).toHaveLength(before);
  });

  it.each([
    [['--every', '6h'], /start it with BACKUP_DIR=\S+kept BACKUP_EVERY_HOURS=6 BACKUP_KEEP=28 BACKUP_RECIPIENTS=age1/],
    [['--every', '24', '--keep', '7'], /BACKUP_EVERY_HOURS=24 BACKUP_KEEP=7 /],
    [['--keep', '7'], /BACKUP_EVERY_HOURS=6 BACKUP_KEEP=7 /],
    [['--every', '6d'], /--every must be hours, such as 6h/],
    [['--every', '9000h'], /--every must be hours, such as 6h/],
    [['--every', '0'], /--every must be hours, such as 6h/],
    [['--every', '6h', '--keep', '0'], /--keep must be how many are kept, such as 28/],
  ])('cannot be asked for as a schedule: %j', async (words, said) => {
    const before = [recorded().length, readdirSync(world.home).length];
    const { code, out, error } = await backUp('kept', ...words);
    expect([code, out]).toEqual([2, '']);
    expect(error).toMatch(/^cannot back up: [^\n]+\n$/);
    expect(error).toMatch(said);
    expect([recorded().length, readdirSync(world.home).length]).toEqual(before);
  });

  it('is made and said not to be recorded where no service runs', async () => {
    const before = recorded().length;
    await stopBuilt(world.server);
    const { code, out } = await backUp('alone.age');
    expect(code).toBe(0);
    expect(out).toMatch(/\nnot recorded: no service runs that could\n$/);
    expect(existsSync(join(world.home, 'alone.age'))).toBe(true);
    expect(recorded()).toHaveLength(before);
  });
});
