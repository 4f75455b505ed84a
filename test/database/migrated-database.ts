import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { DataSource } from 'typeorm';
import { SigningDecisionRow } from '../../src/audit/signing-decision.entity.js';
import { SigningRepeatRow } from '../../src/audit/signing-repeat.entity.js';
import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { AuditTileRow } from '../../src/audit/audit-tile.entity.js';
import { CheckpointRow, LogEpochRow, LogKeyRow } from '../../src/audit/log/log.entities.js';
import { CountRow } from '../../src/auth/persistence/counts/count.entity.js';
import { CounterRow } from '../../src/auth/persistence/counts/counter.entity.js';
import { PolicyRevisionRow } from '../../src/auth/persistence/policy-revision.entity.js';
import { FreezeRow } from '../../src/auth/persistence/freeze.entity.js';
import { ServerShareRow } from '../../src/auth/persistence/server-share.entity.js';
import { BelievedTimeRow } from '../../src/database/believed-time.entity.js';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { SealingKeyRow } from '../../src/database/sealing-key.entity.js';
import { managerOf } from '../../src/database/open-transaction.js';
import type { Transaction } from '../../src/database/transaction.js';
import { KeptAnswerRow } from '../../src/vault/persistence/kept-answer.entity.js';
import { DeclinedShareRow } from '../../src/vault/persistence/declined-share.entity.js';
import { SplitKeyRow } from '../../src/vault/persistence/split-key.entity.js';
import { WalletRow } from '../../src/vault/persistence/wallet.entity.js';

/** A database file as the service has it, and a second connection, which sees nothing but what was committed. */
export interface MigratedDatabase {
  readonly file: string;
  readonly dataSource: DataSource;
  /** Every statement so far that begins with `word`, such as COMMIT. */
  statements(word: string): string[];
  /** Runs SQL on the service's own connection. */
  execute(sql: string): Promise<unknown>;
  /** The domains in `sealing_keys`, sorted, as another process sees them. */
  committed(): string[];
  /** Ends what `committed` looks through: it keeps the journal's mode from being changed. */
  closeReader(): void;
  close(): Promise<void>;
}

export const ENTITIES = [
  WalletRow,
  SplitKeyRow,
  DeclinedShareRow,
  ServerShareRow,
  FreezeRow,
  CounterRow,
  CountRow,
  PolicyRevisionRow,
  AuditEntryRow,
  AuditTileRow,
  CheckpointRow,
  LogEpochRow,
  LogKeyRow,
  SigningDecisionRow,
  SigningRepeatRow,
  SealingKeyRow,
  BelievedTimeRow,
  KeptAnswerRow,
];

export async function migratedDatabase(): Promise<MigratedDatabase> {
  const directory = mkdtempSync(join(tmpdir(), 'kms-database-'));
  const file = join(directory, 'kms.sqlite');
  const log: string[] = [];
  const options = { ...dataSourceOptions(file, ENTITIES), verbose: (sql: unknown) => log.push(String(sql)) };
  const dataSource = await new DataSource(options).initialize();
  await dataSource.runMigrations();
  const other = new BetterSqlite3(file, { readonly: true });
  return {
    file,
    dataSource,
    statements: (word) => log.filter((sql) => sql.startsWith(word)),
    execute: (sql) => dataSource.query(sql),
    committed: () => other.prepare<[], string>('SELECT domain FROM sealing_keys ORDER BY domain').pluck().all(),
    closeReader: () => other.close(),
    close: async () => {
      other.close();
      await dataSource.destroy();
      rmSync(directory, { recursive: true });
    },
  };
}

/** Undoes the newest migrations until `name` is the newest: the schema of an earlier release. */
export async function undoDownTo(name: string, { dataSource }: MigratedDatabase): Promise<void> {
  const newest = async (): Promise<string | undefined> => {
    const [row] = await dataSource.query<{ name: string }[]>('SELECT name FROM migrations ORDER BY id DESC LIMIT 1');
    if (row === undefined) throw new Error(`there is no migration ${name}`);
    return row.name;
  };
  while ((await newest()) !== name) await dataSource.undoLastMigration();
}

/** The smallest write there is. */
export async function keep(domain: string, transaction: Transaction): Promise<string> {
  await managerOf(transaction).insert(SealingKeyRow, { domain, keyId: 'x' });
  return domain;
}

/** Lets the statement pass and the commit fail: the foreign key is looked at only then. */
export async function orphan(transaction: Transaction): Promise<void> {
  const manager = managerOf(transaction);
  await manager.query('PRAGMA defer_foreign_keys = ON');
  await manager.query(
    `INSERT INTO vault_split_keys (id, wallet_id, position, owner_id, client_id, client_key, user_public_key,
      server_public_key, sealed_user_share, created_at) VALUES ('s', 'no such wallet', 1, '', '', '', '', '', x'00', 0)`,
  );
}

/** The domains as the unit of work's own reader sees them, sorted. */
export async function kept(transaction: Transaction): Promise<string[]> {
  return (await managerOf(transaction).find(SealingKeyRow)).map(({ domain }) => domain).sort();
}

/** Some turns of the event loop, in which everything that could run does run. */
export async function letOthersRun(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
