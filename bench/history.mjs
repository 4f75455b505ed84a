// What split keys have signed before the bench begins, written straight into databases that the service has made.
import { join } from 'node:path';
import { SqliteDriver } from '#built/database/sqlite-driver.js';
import { parsePolicy } from '#built/restrictions/policy/parse-policy.js';
import { termsToColumn } from '#built/restrictions/terms/terms-column.js';
import { markedDigest } from './database.mjs';
import { sum } from './statistics.mjs';

/** @typedef {import('./wallets.mjs').Wallet} Wallet */
/** @typedef {{ readonly wallet: Wallet, readonly signatures: number }} Past */

/** All but the first of each split key were signed in the last 50 minutes; the first two days ago, before any window. */
const RECENT_MS = 50 * 60_000;
const LONG_AGO_MS = 48 * 3_600_000;

/** Of each transfer, in SAS. */
const VALUE_SAS = 10_000_000_000;

/** Three limits of three scopes, each of which counts a transfer; none is near to what it lets pass. */
const POLICY = parsePolicy({
  messages: 'any',
  limits: [
    { kind: 'rolling', window_seconds: 86_400, max_value: '1000000000000000000' },
    { kind: 'rolling', window_seconds: 3600, max_count: 1_000_000_000, of: 'all' },
    { kind: 'total', max_value: '1000000000000000000', operations: ['transfer'] },
  ],
});

const UP_TO = 'WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < @signatures)';

// Members in the order of their names, as in `entryText`.
const RECORD = `${UP_TO}
  INSERT INTO audit_entries (entry)
  SELECT json_object(
      'action', 'sign-transaction',
      'at_ms', iif(n = 1, @now - ${LONG_AGO_MS}, @now - ${RECENT_MS} + n * ${RECENT_MS} / @signatures),
      'client_id', @clientId, 'facts', json(@facts), 'outcome', 'approved', 'public_key', @publicKey,
      'request_id', lower(hex(randomblob(18))), 'salt', lower(hex(randomblob(16))),
      'signed_hash', lower(hex(randomblob(32))), 'txn_verification', 'strict')
    FROM numbers`;

const DECIDE = `${UP_TO} INSERT INTO signing_decisions (digest) SELECT ${markedDigest('randomblob')} FROM numbers`;

const BEGIN_COUNTER = `INSERT INTO auth_counters (share_id, scope, is_counting, seen_entry)
  VALUES (?, ?, 1, (SELECT max(id) FROM audit_entries))`;

const COUNT = `
  INSERT INTO auth_counts (counter, at_ms, total_count, total_value, entry)
  SELECT @counter, entry ->> '$.at_ms', row_number() OVER (ORDER BY id),
         unhex(format('%032x', row_number() OVER (ORDER BY id) * ${VALUE_SAS})), id
    FROM audit_entries
   WHERE entry ->> '$.signed_hash' IS NOT NULL AND entry ->> '$.public_key' = @publicKey
     AND substr(entry ->> '$.public_key', 1, 16) = substr(@publicKey, 1, 16)
   ORDER BY id`;

/** Which count is the newest, as the service keeps it. */
const NEWEST = `UPDATE auth_counters
  SET newest_count = (SELECT max(total_count) FROM auth_counts WHERE counter = auth_counters.id) WHERE id = ?`;

/** What the record says of a transfer. */
const FACTS = JSON.stringify({
  asked: {
    creation_date: '1704676947',
    nonce: '1',
    operation: 'transfer',
    to_client_id: '0'.repeat(64),
    value: String(VALUE_SAS),
  },
  policy_revision: 1,
});

/**
 * Records transfers of these wallets as signed. No server may have the database open.
 *
 * @param {string} directory
 * @param {readonly Past[]} all
 */
export function insertHistory(directory, all) {
  const now = Date.now();
  within(directory, (database) => {
    const [record, decide] = [RECORD, DECIDE].map((sql) => database.prepare(sql));
    for (const { wallet, signatures } of all) {
      const { clientId, userKeyHex: publicKey } = wallet;
      record.run({ signatures, now, clientId, publicKey, facts: FACTS });
      decide.run({ signatures });
    }
  });
}

/**
 * Gives these wallets' split keys three limits, and counts for each what {@link insertHistory} has recorded. No server may
 * have the database open.
 *
 * @param {string} directory
 * @param {readonly Past[]} all
 */
export function limitWallets(directory, all) {
  const terms = termsToColumn({ policy: POLICY, isRevoked: false });
  within(directory, (database) => {
    for (const table of ['vault_split_keys', 'auth_server_shares']) {
      database.prepare(`UPDATE ${table} SET terms = ?`).run(terms);
    }
    const [begin, count, newest] = [BEGIN_COUNTER, COUNT, NEWEST].map((sql) => database.prepare(sql));
    for (const { wallet } of all) {
      for (const { scope } of POLICY.limits ?? []) {
        const counter = begin.run(wallet.shareId, scope.key).lastInsertRowid;
        count.run({ counter, publicKey: wallet.userKeyHex });
        newest.run(counter);
      }
    }
    requireCounts(database, sum(all.map(({ signatures }) => signatures)) * 3);
  });
}

/**
 * Throws unless so many rows at least are counted: limits that count nothing cost nothing.
 *
 * @param {string} directory
 * @param {number} least
 */
export function requireCounted(directory, least) {
  within(directory, (database) => requireCounts(database, least));
}

/**
 * @param {InstanceType<typeof SqliteDriver>} database
 * @param {number} least
 */
function requireCounts(database, least) {
  const { rows } = /** @type {{ rows: number }} */ (database.prepare('SELECT count(*) AS rows FROM auth_counts').get());
  if (rows < least) throw new Error(`${rows} rows are counted instead of ${least}`);
}

/**
 * @param {string} directory
 * @param {(database: InstanceType<typeof SqliteDriver>) => void} work
 */
function within(directory, work) {
  const database = new SqliteDriver(join(directory, 'kms.sqlite'));
  try {
    database.pragma('synchronous = OFF');
    database.transaction(() => work(database))();
    database.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
}
