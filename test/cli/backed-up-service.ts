import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import BetterSqlite3 from 'better-sqlite3';
import { ApiClient, successOf } from '../support/api-client.js';
import { startBuilt } from '../support/built-server.js';
import type { BuiltServer } from '../support/built-server.js';
import { tokenFor } from '../support/shared-secret.js';
import { heldKey, signMessage } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { sha3 } from '../support/wallet-client.js';
import { newDataDirectory } from '../start/data-directories.js';
import { servedFrom } from '../start/served-directory.js';
import type { Environment } from '../start/served-directory.js';

/** A service in a process of its own, and who can open backups of it. */
export interface BackedUp {
  readonly directory: string;
  /** Beside the data directory: where backups go. */
  readonly home: string;
  readonly environment: Environment;
  readonly server: BuiltServer;
  readonly owner: ApiClient;
  /** The key that signs its checkpoints. */
  readonly vkey: string;
  readonly recipient: string;
  /** A file with the recipient's identity. */
  readonly identity: string;
}

/** What the settings are of a service in this directory. */
export function settingsOf(directory: string): Environment {
  return { ...servedFrom(directory), AUDIT_ORIGIN: 'kms.example/backup', AUDIT_CHECKPOINT_SECONDS: '1' };
}

export async function startBackedUp(): Promise<BackedUp> {
  const directory = newDataDirectory();
  const home = join(directory, '..');
  const environment = settingsOf(directory);
  const server = await startBuilt(environment);
  const owner = new ApiClient(server.url, { 'X-Jwt-Token': tokenFor('alice') });
  const { checkpoints } = successOf<{ checkpoints: string }>(await owner.get('/audit/key'));
  const secret = await generateX25519Identity();
  const identity = join(home, 'identity');
  writeFileSync(identity, `# of the tests\n${secret}\n`, { mode: 0o600 });
  return {
    directory,
    home,
    environment,
    server,
    owner,
    vkey: checkpoints,
    recipient: await identityToRecipient(secret),
    identity,
  };
}

/** Signs, and makes wallets and keys, until it is stopped; then resolves with how many wallets were made. */
export function keepBusy(url: string): { readonly stop: () => Promise<number> } {
  const owner = new ApiClient(url, { 'X-Jwt-Token': tokenFor('alice') });
  let isStopped = false;
  const one = async (): Promise<number> => {
    let wallets = 0;
    while (!isStopped) {
      const { wallet, key } = await splitWallet(owner);
      wallets += 1;
      const held = heldKey(key);
      for (let message = 0; message < 10; message += 1) {
        successOf(await signMessage(new ApiClient(url), held, sha3(`${wallet.client_id} ${message}`)));
      }
    }
    return wallets;
  };
  const all = [one(), one(), one()];
  return {
    stop: async () => {
      isStopped = true;
      return (await Promise.all(all)).reduce((sum, wallets) => sum + wallets, 0);
    },
  };
}

/** A data directory for a copy of the database, with the same sealing key and nothing else. */
export function emptyFor({ directory }: Pick<BackedUp, 'directory'>): string {
  const other = newDataDirectory();
  mkdirSync(other, { mode: 0o700 });
  copyFileSync(join(directory, 'sealing-key'), join(other, 'sealing-key'));
  return other;
}

/** Makes a database larger, so that something takes as long as it does with a large one. */
export function enlarge(database: string, mebibytes: number): void {
  const connection = new BetterSqlite3(database);
  connection.exec('CREATE TABLE filler (bytes BLOB)');
  const insert = connection.prepare('INSERT INTO filler VALUES (randomblob(1048576))');
  for (let made = 0; made < mebibytes; made += 1) insert.run();
  connection.close();
}
