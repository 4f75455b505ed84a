import type { MigratedDatabase } from '../../../database/migrated-database.js';

/** The ways in which SQLite answers every statement so far that asks the tables of a name, each once. */
export async function plansOf(database: MigratedDatabase, word: string, table: RegExp): Promise<string[]> {
  const plans = new Set<string>();
  for (const sql of database.statements(word).filter((text) => table.test(text))) {
    const steps = (await database.execute(`EXPLAIN QUERY PLAN ${sql}`)) as readonly { readonly detail: string }[];
    plans.add(steps.map(({ detail }) => detail).join('; '));
  }
  return [...plans].sort();
}
