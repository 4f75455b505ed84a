import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { INDEXES } from '../../src/database/guards-check.js';
import { startServer } from '../../src/server.js';
import { migratedDatabase } from '../database/migrated-database.js';
import { ApiClient } from '../support/api-client.js';
import { SHARED_SECRET, tokenFor } from '../support/shared-secret.js';
import { newDataDirectory, removeDataDirectories } from './data-directories.js';

afterAll(removeDataDirectories);

const start = (directory: string): ReturnType<typeof startServer> =>
  startServer(loadConfiguration({ DATA_DIR: directory, PORT: '0', JWT_SECRET: SHARED_SECRET, LOG_LEVEL: 'silent' }));

/** A data directory that has been used, and what somebody did to its database afterwards. */
async function startAfter(tampering: string): Promise<string> {
  const directory = newDataDirectory();
  const server = await start(directory);
  await new ApiClient(server.url, { 'X-Jwt-Token': tokenFor('alice') }).post('/wallet');
  await server.close();
  const database = new BetterSqlite3(join(directory, 'kms.sqlite'));
  database.exec(tampering);
  database.close();
  try {
    const second = await start(directory);
    await second.close();
    return 'serves';
  } catch (error) {
    return (error as Error).message;
  }
}

const IGNORE = 'BEGIN SELECT RAISE(IGNORE); END';

describe('a start refuses a database', () => {
  it.each([
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
    ['that has lost the fingerprints of its key', 'DELETE FROM sealing_keys', 'fingerprint'],
    ['that has lost one of them', "DELETE FROM sealing_keys WHERE domain = 'auth'", 'fingerprint'],
  ])('%s', async (_, tampering, named) => {
    const line = await startAfter(tampering);
    expect(line).toContain(named);
    expect(line).toContain('npm run restore');
    expect(line).not.toContain('\n');
  });

  it('but not one with an index more, which an operator may have made', async () => {
    expect(await startAfter('CREATE INDEX mine ON audit_entries (at_ms)')).toBe('serves');
  });
});

describe('what is looked for', () => {
  it('is all that the migrations make', async () => {
    const database = await migratedDatabase();
    try {
      const made = (await database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name",
      )) as { name: string }[];
      expect(made.map(({ name }) => name)).toEqual([...INDEXES].sort());
    } finally {
      await database.close();
    }
  });
});
