import { COVERED_TABLES } from '../../src/covered-tables.js';
import { RowGuard } from '../../src/database/rows/row-guard.js';
import { SqliteUnitOfWork } from '../../src/database/sqlite-unit-of-work.js';
import type { SqlValue } from '../../src/database/statements.js';
import type { TestServer } from './test-server.js';

/** Has the service take a table's rows, which a test has just changed, for what it wrote itself: as another release might. */
export async function asWritten({ app }: Pick<TestServer, 'app'>, name: string): Promise<void> {
  const table = COVERED_TABLES.find((one) => one.table === name);
  if (table === undefined) throw new Error(`the rows of ${name} carry no code`);
  await app.get(SqliteUnitOfWork).writeAtOnce((statements) => {
    const rows = statements.all<Record<string, SqlValue>>(`SELECT ${table.key.join(', ')} FROM ${name}`);
    for (const row of rows) app.get(RowGuard).begin(table, Object.values(row), statements);
  });
}
