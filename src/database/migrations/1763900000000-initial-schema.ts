import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What keeps the record from being changed. Each start looks whether they are still there. */
export const RECORD_TRIGGERS = [
  `CREATE TRIGGER audit_entries_are_not_changed BEFORE UPDATE ON audit_entries
    BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END`,
  `CREATE TRIGGER audit_entries_are_not_deleted BEFORE DELETE ON audit_entries
    BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END`,
  // INSERT OR REPLACE deletes without asking the trigger above (sqlite.org/lang_conflict.html).
  `CREATE TRIGGER audit_entries_are_not_replaced BEFORE INSERT ON audit_entries
    WHEN EXISTS (SELECT 1 FROM audit_entries WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END`,
] as const;

// The entities declare every constraint and index below too, or `migration:generate` would propose to drop them.
// TypeORM recognises a foreign key, a check and an autoincrement only when they are named and quoted as here.
const TABLES = [
  // ZVault: one row per owner and wallet; two owners may store the same private key and never see each other.
  `CREATE TABLE vault_wallets (
    id TEXT PRIMARY KEY NOT NULL,
    owner_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    client_key TEXT NOT NULL,
    sealed_master_key BLOB NOT NULL,
    sealed_mnemonic BLOB,
    created_at_ms INTEGER NOT NULL,
    UNIQUE (owner_id, client_id)
  )`,
  // ZVault's half of a split key: the user share. restrictions NULL = no list; expires_at 0 = never.
  `CREATE TABLE vault_split_keys (
    id TEXT PRIMARY KEY NOT NULL,
    wallet_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    owner_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    client_key TEXT NOT NULL,
    user_public_key TEXT NOT NULL,
    server_public_key TEXT NOT NULL,
    sealed_user_share BLOB NOT NULL,
    restrictions TEXT,
    shared_to TEXT,
    is_revoked INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "vault_split_keys_wallet" FOREIGN KEY ("wallet_id") REFERENCES "vault_wallets" ("id") ON DELETE CASCADE,
    UNIQUE (wallet_id, position),
    UNIQUE (owner_id, user_public_key),
    UNIQUE (owner_id, server_public_key)
  )`,
  `CREATE INDEX vault_split_keys_shared_to ON vault_split_keys (shared_to) WHERE shared_to IS NOT NULL`,
  // ZAuth's half: the server share. split_key_id names the vault's half, NULL when it came through /setup.
  `CREATE TABLE auth_server_shares (
    id TEXT PRIMARY KEY NOT NULL,
    split_key_id TEXT UNIQUE,
    owner_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    client_key TEXT NOT NULL,
    user_public_key TEXT NOT NULL,
    server_public_key TEXT NOT NULL,
    setup_public_key TEXT,
    sealed_server_share BLOB NOT NULL,
    restrictions TEXT,
    is_revoked INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL DEFAULT 0,
    last_used_at INTEGER NOT NULL DEFAULT 0,
    UNIQUE (client_id, user_public_key)
  )`,
  `CREATE INDEX auth_server_shares_server_key ON auth_server_shares (client_id, server_public_key)`,
  `CREATE INDEX auth_server_shares_owner ON auth_server_shares (owner_id, client_id)`,
  // The record. Rows are added and never changed: the triggers below hold even for a bug of ours.
  `CREATE TABLE audit_entries (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    at_ms INTEGER NOT NULL,
    request_id TEXT NOT NULL,
    action TEXT NOT NULL,
    outcome TEXT NOT NULL CONSTRAINT "audit_entries_outcome" CHECK (outcome IN ('approved', 'denied', 'failed')),
    code TEXT,
    actor_id TEXT,
    client_id TEXT,
    public_key TEXT,
    signed_hash TEXT,
    txn_verification TEXT NOT NULL
  )`,
  `CREATE INDEX audit_entries_client ON audit_entries (client_id, id)`,
  ...RECORD_TRIGGERS,
  // Which sealing key each half's secrets are under, so that a start with another key is refused at once.
  `CREATE TABLE sealing_keys (domain TEXT PRIMARY KEY NOT NULL, key_id TEXT NOT NULL)`,
] as const;

/** The first schema: both halves, the record and the sealing key's identity. */
export class InitialSchema1763900000000 implements MigrationInterface {
  readonly name = 'InitialSchema1763900000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of TABLES) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['sealing_keys', 'audit_entries', 'auth_server_shares', 'vault_split_keys', 'vault_wallets']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
