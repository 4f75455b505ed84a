import type BetterSqlite3 from 'better-sqlite3';
import { StartError } from '../errors/start-error.js';
import { shown } from './known-migrations.js';
import { RECORD_TRIGGERS } from './migrations/1763900000000-initial-schema.js';
import { DECISION_TRIGGERS } from './migrations/1764600000000-signing-decisions.js';
import { COUNT_TRIGGERS } from './migrations/1764710000000-signature-counts.js';
import { LOG_TRIGGERS } from './migrations/1764770000000-log-checkpoints.js';
import { COSIGNATURE_TRIGGERS } from './migrations/1764795000000-cosignatures.js';
import { TREE_TRIGGERS } from './migrations/1764760000000-record-tree.js';
import { KEY_TRIGGERS } from './migrations/1764850000000-data-keys.js';
import { WRAPPING_TRIGGERS } from './migrations/1764900000000-key-wrappings.js';
import { UNCHANGED_TRIGGERS } from './migrations/1764920000000-authenticated-counts.js';

/** Every index that the migrations make, but for those of constraints, which SQLite lets nobody drop. */
export const INDEXES = [
  'audit_entries_lent',
  'audit_entries_rows',
  'audit_entries_signing',
  'audit_entries_wallet',
  'auth_server_shares_expiring',
  'auth_server_shares_live',
  'auth_server_shares_owner',
  'auth_server_shares_server_key',
  'auth_server_shares_setup_key',
  'signing_repeats_begun',
  'vault_kept_answers_age',
  'vault_kept_answers_split_key',
  'vault_kept_answers_wallet',
  'vault_split_keys_borrowed',
  'vault_split_keys_lent',
  'vault_split_keys_live',
  'vault_split_keys_shared_to',
  'vault_wallets_deleted',
  'vault_wallets_deleting',
  'vault_wallets_owner',
];

const TRIGGERS = [
  ...RECORD_TRIGGERS,
  ...[...DECISION_TRIGGERS, ...COUNT_TRIGGERS].filter((sql) => !/_are_not_changed\b/.test(sql)),
  ...UNCHANGED_TRIGGERS,
  ...TREE_TRIGGERS,
  ...LOG_TRIGGERS,
  ...COSIGNATURE_TRIGGERS,
  ...KEY_TRIGGERS,
  ...WRAPPING_TRIGGERS,
];

interface SchemaObject {
  readonly type: 'index' | 'trigger';
  readonly name: string;
  readonly sql: string;
}

/**
 * Checks that what guards the data is as the migrations made it: no trigger has gone, none says anything else, and none
 * has come (one that has SQLite ignore an insert would swallow the record's entries); and every index is there, without
 * which each signature would read a whole table. Throws `StartError`.
 *
 * The migrations must have run, so `checkDatabase`, which comes before them and changes nothing, cannot ask for it: it
 * would refuse an older release's database for want of an index that a migration is about to make.
 */
export function checkGuards(connection: BetterSqlite3.Database, database: string): void {
  const found = connection
    .prepare<[], SchemaObject>("SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger')")
    .all();
  const refuse = (what: string): never => {
    throw new StartError(`the database ${database} ${what}: restore a copy (npm run restore -- FILE)`);
  };
  const triggers = new Map(found.filter(({ type }) => type === 'trigger').map(({ name, sql }) => [name, oneLine(sql)]));
  for (const sql of TRIGGERS) {
    const [, name = ''] = /^CREATE TRIGGER (\w+)/.exec(sql) ?? [];
    if (!triggers.has(name)) refuse(`has lost the trigger ${name}, which guards what is recorded and counted`);
    if (triggers.get(name) !== oneLine(sql)) refuse(`has another trigger ${name} than this service's`);
    triggers.delete(name);
  }
  const [stranger] = triggers.keys();
  if (stranger !== undefined) refuse(`has a trigger that is not this service's (${shown(stranger)})`);
  const indexes = new Set(found.filter(({ type }) => type === 'index').map(({ name }) => name));
  const lost = INDEXES.find((name) => !indexes.has(name));
  if (lost !== undefined) refuse(`has lost the index ${lost}`);
}

const oneLine = (sql: string): string => sql.replace(/\s+/g, ' ').trim();
