// Writes wallets straight into a database that the service has made: a hundred thousand in seconds.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { SqliteDriver } from '#built/database/sqlite-driver.js';
import { ownerOf, unopenedSecret } from './wallets.mjs';

/** @typedef {InstanceType<typeof SqliteDriver>} Database */

const MNEMONIC_BYTES = 160;

const DECISIONS = 'signing_decisions';

/** How digests end that are never forgotten: what was signed before the bench. Of others one in four thousand million. */
const MARK = "x'00000000'";

/**
 * SQL of a digest that is never forgotten.
 *
 * @param {string} random what makes so many random bytes
 */
export const markedDigest = (random) => `${random}(28) || ${MARK}`;

/**
 * One owner and one split key a wallet, all of them live and unrestricted. No server may have the database open.
 *
 * @param {string} directory
 * @param {Iterable<import('./wallets.mjs').StoredWallet>} wallets
 */
export function insertWallets(directory, wallets) {
  const database = new SqliteDriver(join(directory, 'kms.sqlite'));
  try {
    database.pragma('synchronous = OFF');
    const insertAll = database.transaction(() => {
      const insert = statements(database);
      for (const wallet of wallets) insertOne(insert, wallet);
      for (const table of ['vault_split_keys', 'auth_server_shares']) allowEverything(database, table);
    });
    insertAll();
    database.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
}

/**
 * Takes back that anything was signed, in a database that a server may have open while nothing is written: what is asked
 * for again is a new signature then, and no repeat. What `bench/history.mjs` has recorded stays. Databases of older
 * releases know no repeats.
 *
 * @param {string} directory
 */
export function forgetDecisions(directory) {
  const database = new SqliteDriver(join(directory, 'kms.sqlite'));
  try {
    const guards = /** @type {{ name: string, sql: string }[]} */ (
      database.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?").all(DECISIONS)
    );
    database.transaction(() => {
      for (const { name } of guards) database.exec(`DROP TRIGGER ${name}`);
      if (guards.length > 0)
        database.exec(`DELETE FROM ${DECISIONS} WHERE substr(digest, 29) <> ${MARK}; DELETE FROM signing_repeats`);
      for (const { sql } of guards) database.exec(sql);
    })();
  } finally {
    database.close();
  }
}

/**
 * Gives rows that have none the terms of an unrestricted split key. Databases of older releases need none.
 *
 * @param {Database} database
 * @param {string} table
 */
function allowEverything(database, table) {
  const columns = /** @type {{ name: string }[]} */ (database.pragma(`table_info(${table})`));
  if (columns.some(({ name }) => name === 'terms')) {
    database.prepare(`UPDATE ${table} SET terms = ? WHERE terms = ''`).run('{"policy":{}}');
  }
}

/** @param {Database} database */
function statements(database) {
  return {
    wallet: database.prepare(
      `INSERT INTO vault_wallets (id, owner_id, client_id, client_key, sealed_master_key, sealed_mnemonic, created_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    splitKey: database.prepare(
      `INSERT INTO vault_split_keys (id, wallet_id, position, owner_id, client_id, client_key, user_public_key,
         server_public_key, sealed_user_share, created_at) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    share: database.prepare(
      `INSERT INTO auth_server_shares (id, split_key_id, owner_id, client_id, client_key, user_public_key,
         server_public_key, sealed_server_share, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
  };
}

/**
 * @param {ReturnType<typeof statements>} insert
 * @param {import('./wallets.mjs').StoredWallet} wallet
 */
function insertOne(insert, wallet) {
  const { clientId, clientKeyHex, userKeyHex, serverKeyHex, shareId, sealedServerShare } = wallet;
  const [walletId, splitKeyId, now] = [randomUUID(), randomUUID(), Date.now()];
  const owner = ownerOf(clientId);
  const seconds = Math.floor(now / 1000);
  const keys = [clientId, clientKeyHex, userKeyHex, serverKeyHex];
  insert.wallet.run(walletId, owner, clientId, clientKeyHex, unopenedSecret(32), unopenedSecret(MNEMONIC_BYTES), now);
  insert.splitKey.run(splitKeyId, walletId, owner, ...keys, unopenedSecret(32), seconds);
  insert.share.run(shareId, splitKeyId, owner, ...keys, sealedServerShare, seconds);
}
