import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { checkGuards, INDEXES } from '../../src/database/guards-check.js';
import { startServer } from '../../src/server.js';
import { startFailure } from '../../src/start/start-failure.js';
import { migratedDatabase } from '../database/migrated-database.js';
import type { MigratedDatabase } from '../database/migrated-database.js';
import { ApiClient } from '../support/api-client.js';
import { SHARED_SECRET, tokenFor } from '../support/shared-secret.js';
import { newDataDirectory, removeDataDirectories } from './data-directories.js';

afterAll(removeDataDirectories);

const IGNORE = 'BEGIN SELECT RAISE(IGNORE); END';

/** What somebody did to a database, and what the refusal names. */
const TAMPERINGS: readonly (readonly [what: string, sql: string, named: string])[] = [
  ['that has lost a trigger', 'DROP TRIGGER audit_entries_are_not_deleted', 'audit_entries_are_not_deleted'],
  [
    'one of whose triggers says something else',
    `DROP TRIGGER audit_entries_are_not_changed;
     CREATE TRIGGER audit_entries_are_not_changed BEFORE UPDATE ON audit_entries ${IGNORE}`,
    'audit_entries_are_not_changed',
  ],
  [
    'that has a trigger which swallows the record',
    `CREATE TRIGGER swallow BEFORE INSERT ON audit_entries ${IGNORE}`,
    'swallow',
  ],
  [
    'that has a trigger which swallows revocations',
    `CREATE TRIGGER "re\nvive" BEFORE UPDATE ON auth_server_shares ${IGNORE}`,
    're?vive',
  ],
  ...INDEXES.map((name) => [`that has lost the index ${name}`, `DROP INDEX ${name}`, name] as const),
];

describe('the check of the guards', () => {
  let database: MigratedDatabase;
  let connection: BetterSqlite3.Database;
  beforeEach(async () => {
    database = await migratedDatabase();
    connection = new BetterSqlite3(database.file);
  });
  afterEach(async () => {
    connection.close();
    await database.close();
  });

  it.each(TAMPERINGS)('refuses a database %s, and not before or after', (_, sql, named) => {
    const check = (): string | undefined => {
      try {
        checkGuards(connection, database.file);
        return undefined;
      } catch (error) {
        return startFailure(error);
      }
    };
    expect(check()).toBe(undefined);
    connection.exec('BEGIN');
    connection.exec(sql);
    const line = check();
    expect(line).toContain(named);
    expect(line).toContain(database.file);
    expect(line).toContain('npm run restore');
    expect(line).not.toContain('\n');
    connection.exec('ROLLBACK');
    expect(check()).toBe(undefined);
  });

  it('looks for all indexes that the migrations make', () => {
    const made = connection
      .prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name")
      .pluck()
      .all();
    expect(made).toEqual([...INDEXES].sort());
  });
});

describe('a start', () => {
  const start = (directory: string): ReturnType<typeof startServer> =>
    startServer(loadConfiguration({ DATA_DIR: directory, PORT: '0', JWT_SECRET: SHARED_SECRET, LOG_LEVEL: 'silent' }));

  /** A data directory that has been used. */
  async function used(): Promise<string> {
    const directory = newDataDirectory();
    const server = await start(directory);
    await new ApiClient(server.url, { 'X-Jwt-Token': tokenFor('alice') }).post('/wallet');
    await server.close();
    return directory;
  }

  /** What a start says when that was done to the database. */
  async function startAfter(directory: string, tampering: string): Promise<string> {
    const database = new BetterSqlite3(join(directory, 'kms.sqlite'));
    // Somebody with the file in hand, whom foreign keys stop as little.
    database.exec(`PRAGMA foreign_keys = OFF; ${tampering}`);
    database.close();
    try {
      await (await start(directory)).close();
      return 'serves';
    } catch (error) {
      return (error as Error).message;
    }
  }

  it.each([
    ['a trigger', 'DROP TRIGGER audit_entries_are_not_deleted', 'audit_entries_are_not_deleted'],
    ['an index', `DROP INDEX ${INDEXES[0]}`, INDEXES[0]],
    ['its data keys', 'DELETE FROM data_keys', 'has lost its data keys'],
    ['one of them', "DELETE FROM data_keys WHERE domain = 'auth'", 'has lost its data keys (auth)'],
    ['what wraps them', 'DELETE FROM key_encryption_keys', 'is wrapped by'],
    ['how they are wrapped', 'DELETE FROM data_key_wrappings', 'is wrapped by'],
  ])('refuses a database that has lost %s', async (_, tampering, named) => {
    const line = await startAfter(await used(), tampering);
    expect(line).toContain(named);
    expect(line).toContain('npm run restore');
    expect(line).not.toContain('\n');
  });

  it('takes one with an index more, which an operator may have made', async () => {
    expect(await startAfter(await used(), 'CREATE INDEX mine ON audit_entries (entry)')).toBe('serves');
  });
});
