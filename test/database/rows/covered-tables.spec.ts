import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { COVERED_TABLES } from '../../../src/covered-tables.js';
import { textOfRow } from '../../../src/database/rows/covered-table.js';
import type { CoveredTable } from '../../../src/database/rows/covered-table.js';
import type { SqlValue } from '../../../src/database/statements.js';
import { migratedDatabase } from '../migrated-database.js';
import type { MigratedDatabase } from '../migrated-database.js';

let database: MigratedDatabase;
beforeAll(async () => {
  database = await migratedDatabase();
});
afterAll(() => database.dataSource.destroy());

/** Tables whose rows carry no code, and why. */
const WITHOUT: Readonly<Record<string, string>> = {
  auth_policies: 'history; what is in force stands in the server share',
  signing_repeats: 'how often a request came again, of which an entry tells in time; allows nothing',
  vault_declined_shares: 'spares a recipient; allows nothing',
  vault_kept_answers: 'sealed for its owner, and true only while wallet and split key are',
};

describe('the declarations of rows that decide', () => {
  it('name each table of both halves, or say why not', async () => {
    const tables = await database.dataSource.query<{ name: string }[]>(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND (name LIKE 'auth_%' OR name LIKE 'vault_%' OR name LIKE 'signing_%')`,
    );
    const declared = [...COVERED_TABLES.map(({ table }) => table), ...Object.keys(WITHOUT)];
    expect(tables.map(({ name }) => name).toSorted()).toEqual(declared.toSorted());
  });

  it.each(COVERED_TABLES.map((table) => [table.table, table] as const))(
    'have each column of %s in one of the lists',
    async (_name, { table, key, covered, leftOut, isWrittenOnce }) => {
      const columns = await database.dataSource.query<{ name: string }[]>(`PRAGMA table_xinfo(${table})`);
      const declared = [...key, ...covered, ...Object.keys(leftOut), 'mac'];
      if (isWrittenOnce !== true) declared.push('version');
      expect(columns.map(({ name }) => name).toSorted()).toEqual(declared.toSorted());
    },
  );
});

describe('the text of a row', () => {
  const table: CoveredTable = { table: 't', key: ['k'], covered: ['a', 'b'], leftOut: {} };
  const text = (k: SqlValue, a: SqlValue, b: SqlValue, version = 1): string => textOfRow(table, { k, a, b }, version);

  it('is that of no other row', () => {
    const texts = [
      text('k', 'a', 'b'),
      text('ka', '', 'b'),
      text('k', 'ab', ''),
      text('k', '', 'ab'),
      text('k', 'a', 'b', 2),
      text('k', null, 'b'),
      text('k', 'n', 'b'),
      text('k', 1, 'b'),
      text('k', '1', 'b'),
      text('k', Buffer.from('a'), 'b'),
      text('k', '61', 'b'),
      text('k', 'a;t1:b', ''),
      textOfRow({ ...table, table: 'u' }, { k: 'k', a: 'a', b: 'b' }, 1),
    ];
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('is not made of a row that was not read in full', () => {
    expect(() => textOfRow(table, { k: 'k', a: 'a' }, 1)).toThrow('was not read');
  });
});
