import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { askService } from '../../src/cli/kms/ask-service.js';
import { restoreDatabase } from '../../src/cli/restore/restore-database.js';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { startFailure } from '../../src/start/start-failure.js';
import { ensureBuilt } from '../support/built-server.js';
import { splitWallet } from '../support/split-wallet.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import { servedFrom, walletsOf, whileServing } from '../start/served-directory.js';
import type { Environment } from '../start/served-directory.js';
import { newKek } from './change-of-keys.js';

beforeAll(ensureBuilt, 300_000);
afterAll(removeDataDirectories);

/** A whole copy of one moment, beside the service. */
async function backUp(directory: string, name: string): Promise<string> {
  const copy = join(directory, '..', name);
  const connection = new BetterSqlite3(join(directory, 'kms.sqlite'), { readonly: true });
  await connection.backup(copy);
  connection.close();
  return copy;
}

/** The wallets of what is restored into an empty folder with these settings; or why it is not, in a line. */
async function restored(file: string, settings: Environment): Promise<string[] | string> {
  const drill = newDataDirectory();
  mkdirSync(drill, { mode: 0o700 });
  const environment = { ...servedFrom(drill), ...settings };
  try {
    await restoreDatabase(loadConfiguration(environment), { file, say: () => undefined });
  } catch (error) {
    return startFailure(error);
  }
  return walletsOf(environment);
}

it('a backup opens with the key of its day, and while keys change with either', async () => {
  const directory = newDataDirectory();
  const [old, next] = [newKek(directory, 'old'), newKek(directory, 'next')];
  const socket = join(directory, 'operator.sock');
  const settings = readFileSync(next.file, 'utf8');
  const { wallet, before, between } = await whileServing(
    { ...servedFrom(directory), ...old.settings },
    async (owner) => {
      const made = await splitWallet(owner);
      const first = await backUp(directory, 'before.sqlite');
      const { id } = await askService(socket, 'kek-add', { settings });
      await askService(socket, 'kek-rotate', { id, settings });
      return { ...made, before: first, between: await backUp(directory, 'between.sqlite') };
    },
  );
  const after = await whileServing({ ...servedFrom(directory), ...next.settings }, async () => {
    await askService(socket, 'kek-reseal');
    await askService(socket, 'kek-verify');
    const { keys } = await askService(socket, 'kek-status');
    const former = (keys as { id: string; standing: string }[]).find(({ standing }) => standing === 'former');
    expect(await askService(socket, 'kek-retire', { id: former?.id })).toMatchObject({ changed: true });
    return backUp(directory, 'after.sqlite');
  });
  const wallets = [wallet.client_id];
  const refused = expect.stringMatching(/^the database was sealed with another sealing key \(env \w+, not env \w+\)/);
  expect([await restored(before, old.settings), await restored(before, next.settings)]).toEqual([wallets, refused]);
  expect([await restored(between, old.settings), await restored(between, next.settings)]).toEqual([wallets, wallets]);
  expect([await restored(after, old.settings), await restored(after, next.settings)]).toEqual([refused, wallets]);
}, 240_000);
