import { withDatabase } from '../../database/start-checks.js';
import { Statements } from '../../database/statements.js';

/** @param query for `user_public_key`, of which each half has its own; the database is only read */
export function readKeys(database: string, query: string): ReadonlySet<string> {
  return withDatabase(database, { readonly: true }, (connection) => {
    const rows = new Statements(connection).all<{ readonly user_public_key: string }>(query);
    return new Set(rows.map((row) => row.user_public_key));
  });
}
