import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { walletsOf } from '../start/served-directory.js';
import { emptyFor, settingsOf } from './backed-up-service.js';
import type { BackedUp } from './backed-up-service.js';
import { kmsHere } from './kms-here.js';
import { runKms } from './kms-process.js';
import { opened } from './opened-backup.js';

/** The path of what a backup holds, beside it. */
export async function decrypted({ identity }: Pick<BackedUp, 'identity'>, file: string): Promise<string> {
  const plain = `${file}.sqlite`;
  writeFileSync(plain, await opened(file, { identity }));
  return plain;
}

/**
 * Makes a backup of a service under load, in a file of this name, and expects it to be one moment: as much as the command
 * says, a record that verifies with the key of the service, secrets that all open when it is restored, and a service that
 * shows every wallet from it.
 */
export async function expectGoodBackup(world: BackedUp, name: string): Promise<void> {
  const file = join(world.home, name);
  const made = await runKms(['backup', file, '--recipient', world.recipient], world.home, world.environment);
  expect(made).toMatchObject({ code: 0 });
  const plain = await decrypted(world, file);
  const copy = new BetterSqlite3(plain, { readonly: true });
  const count = (table: string): unknown => copy.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  const counts = ['vault_wallets', 'vault_split_keys', 'audit_entries'].map(count).map(Number);
  const newest = copy.prepare('SELECT max(size) FROM audit_checkpoints').pluck().get();
  copy.close();
  const [wallets, keys, entries] = counts.map((number) => number.toLocaleString('en'));
  expect(made.out).toContain(`${wallets} wallets, ${keys} split keys, ${entries} entries of the record\n`);
  expect(made.out).toMatch(new RegExp(`newest checkpoint ${String(newest)}:[A-Za-z0-9+/]{43}=\n`));
  const verified = await runKms(['audit', 'verify', plain, '--vkey', world.vkey], world.home, world.environment);
  expect(verified).toMatchObject({ code: 0 });
  const settings = settingsOf(emptyFor(world));
  const restored = await kmsHere(['restore', plain], settings);
  expect(restored).toMatchObject({ code: 0 });
  expect(restored.out).toMatch(/, all of which open\n/);
  expect((await walletsOf(settings)).length).toBe(counts[0]);
}
