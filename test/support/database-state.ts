import type { TestServer } from './test-server.js';

/** The tables of both halves: everything but the record and the bookkeeping. */
const TABLES = ['vault_wallets', 'vault_split_keys', 'auth_server_shares', 'auth_freezes'] as const;

export type DatabaseState = Readonly<Record<(typeof TABLES)[number], readonly Readonly<Record<string, unknown>>[]>>;

/** By what has no two alike. */
const orderOf = (table: string): string => (table === 'auth_freezes' ? 'owner_id, client_id' : 'id');

/** Every row of both halves, sealed columns included, in a fixed order. */
export async function stateOf(server: TestServer): Promise<DatabaseState> {
  const entries = await Promise.all(
    TABLES.map(
      async (table) =>
        [table, await server.dataSource().query(`SELECT * FROM ${table} ORDER BY ${orderOf(table)}`)] as const,
    ),
  );
  return Object.fromEntries(entries) as DatabaseState;
}

/** The same, but only what belongs to one user. */
export async function stateOwnedBy(server: TestServer, owner: string): Promise<DatabaseState> {
  const entries = Object.entries(await stateOf(server)).map(([table, rows]) => [
    table,
    rows.filter(({ owner_id }) => owner_id === owner),
  ]);
  return Object.fromEntries(entries) as DatabaseState;
}

/** What the service writes by itself about the record, whatever is asked. */
const ABOUT_THE_RECORD = ['audit_tiles', 'audit_checkpoints'];

/** Every row of every other table, the record and what is counted included. */
export async function everyRowOf(server: Pick<TestServer, 'dataSource'>): Promise<Readonly<Record<string, unknown>>> {
  const tables = await server
    .dataSource()
    .query<{ name: string }[]>(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`);
  const entries: [string, unknown][] = [];
  for (const { name } of tables.filter((table) => !ABOUT_THE_RECORD.includes(table.name)))
    entries.push([name, await server.dataSource().query(`SELECT * FROM "${name}"`)]);
  return Object.fromEntries(entries);
}
