import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { migratedDatabase, undoDownTo } from './migrated-database.js';
import type { MigratedDatabase } from './migrated-database.js';

let database: MigratedDatabase;
beforeEach(async () => {
  database = await migratedDatabase();
  await undoDownTo('LentServerShares1764740000000', database);
});
afterEach(() => database.close());

type Row = Readonly<Record<string, string | number | null>>;

/** The columns of an entry, in the order of the members of its text. */
const EMPTY: Row = {
  action: 'sign-message',
  actor_id: null,
  at_ms: 1_700_000_000_123,
  client_id: null,
  client_request_id: null,
  code: null,
  facts: null,
  outcome: 'approved',
  public_key: null,
  request_id: 'r-1',
  signed_hash: null,
  txn_verification: 'strict',
};
/** What texts can have in them: all that JSON escapes, what it need not, and what is longer than one UTF-16 unit. */
const ODD = 'a "b" \\ / \b\f\n\r\t \u0000 \u0001 \u001f \u007f \u2028 é 😀';
const ROWS: readonly Row[] = [
  EMPTY,
  {
    ...EMPTY,
    actor_id: 'zoë "the first" 😀',
    client_id: 'ab'.repeat(32),
    client_request_id: 'mine',
    code: 'SIGNING.NOT_ALLOWED',
    facts: '{"asked":{"text":"not-shown"},"recipient":{"after":null,"before":"bob"}}',
    outcome: 'denied',
    public_key: 'cd'.repeat(64),
    signed_hash: 'ef'.repeat(1024),
  },
  { ...EMPTY, actor_id: ODD.replace('\u0000 ', '') },
];

async function insert(rows: readonly Row[]): Promise<void> {
  for (const row of rows) {
    const names = Object.keys(row);
    await database.dataSource.query(
      `INSERT INTO audit_entries (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      Object.values(row),
    );
  }
}

/** What an entry's text has for a column: nothing where it is empty. */
function memberOf(name: string, value: Row[string] | undefined): unknown {
  return name === 'facts' && value !== null ? JSON.parse(String(value)) : (value ?? undefined);
}

const entries = (): Promise<{ id: number; entry: string }[]> =>
  database.dataSource.query('SELECT id, entry FROM audit_entries ORDER BY id');

describe('entries of earlier releases', () => {
  it('become the texts that would be written today, each with random bytes of its own', async () => {
    await insert(ROWS);
    await database.dataSource.runMigrations();
    const found = await entries();
    const salts = found.map(({ entry }) => /"salt":"([0-9a-f]{32})"/.exec(entry)?.[1]);
    expect(new Set(salts).size).toBe(ROWS.length);
    const expected = ROWS.map((row, index) => {
      const said: Row = { ...row, salt: salts[index] ?? null };
      const names = Object.keys(said).toSorted();
      return JSON.stringify(Object.fromEntries(names.map((name) => [name, memberOf(name, said[name])])));
    });
    expect(found.map(({ entry }) => entry)).toEqual(expected);
    expect(found.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  it('are kept when their facts are damaged', async () => {
    await insert([{ ...EMPTY, facts: '{"asked":' }]);
    await database.dataSource.runMigrations();
    const [found] = await entries();
    expect(JSON.parse(found?.entry ?? '')).toMatchObject({ action: 'sign-message', facts: '{"asked":' });
  });

  it('are shown as columns, and come back when the migration is undone', async () => {
    await insert(ROWS);
    await database.dataSource.runMigrations();
    const columns = Object.keys(EMPTY).join(', ');
    expect(await database.dataSource.query(`SELECT ${columns} FROM audit_record ORDER BY id`)).toEqual(ROWS);
    await undoDownTo('LentServerShares1764740000000', database);
    expect(await database.dataSource.query(`SELECT ${columns} FROM audit_entries ORDER BY id`)).toEqual(ROWS);
  });

  it('keep their ids; what was lost has an entry that says so, also where the last ones were lost', async () => {
    await insert([...ROWS, EMPTY]);
    await database.execute('DROP TRIGGER audit_entries_are_not_deleted');
    await database.execute('DELETE FROM audit_entries WHERE id IN (2, 4)');
    await database.dataSource.runMigrations();
    await database.dataSource.query(`INSERT INTO audit_entries (entry) VALUES ('{"outcome":"failed"}')`);
    const found = await entries();
    expect(found.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
    for (const index of [1, 3]) {
      expect(JSON.parse(found[index]?.entry ?? '')).toMatchObject({ action: 'lost-entry', outcome: 'failed' });
    }
  });
});
