import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { ENTITIES, migratedDatabase } from './migrated-database.js';
import type { MigratedDatabase } from './migrated-database.js';

let database: MigratedDatabase;
beforeEach(async () => {
  database = await migratedDatabase();
});
afterEach(() => database.close());

/** Everything that the schema consists of, TypeORM's own bookkeeping left out. */
function schema(): string[] {
  const other = new BetterSqlite3(database.file, { readonly: true });
  const rows = other
    .prepare<[], { name: string; sql: string }>(
      'SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name',
    )
    .all();
  other.close();
  return rows.filter(({ name }) => !/^(sqlite_|migrations$|typeorm_metadata$)/.test(name)).map(({ sql }) => sql);
}

describe('the migrations', () => {
  it('make exactly the schema that the entities declare, so that none is pending', async () => {
    const pending = await database.dataSource.driver.createSchemaBuilder().log();
    expect(pending.upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('make a table for each entity', async () => {
    for (const entity of ENTITIES) expect(await database.dataSource.getRepository(entity).count()).toBe(0);
  });

  it('leave nothing behind when they are undone, and make the same again', async () => {
    const before = schema();
    expect(before.length).toBeGreaterThan(5);
    for (const migration of database.dataSource.migrations) {
      expect(migration.name).toBeDefined();
      await database.dataSource.undoLastMigration();
    }
    expect(schema()).toEqual([]);
    await database.dataSource.runMigrations();
    expect(schema()).toEqual(before);
  });
});

describe('every connection', () => {
  it.each([
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['foreign_keys', 1],
    ['secure_delete', 1],
  ])('has %s = %s', async (pragma, value) => {
    expect(await database.execute(`PRAGMA ${pragma}`)).toEqual([{ [pragma]: value }]);
  });
});
