import { countMigrations } from '../database/known-migrations.js';
import { markLog, settleMark } from '../database/log-mark.js';
import { migrations } from '../database/migrations/all-migrations.js';
import { withDatabase } from '../database/start-checks.js';
import { Statements } from '../database/statements.js';
import { StartError } from '../errors/start-error.js';

/**
 * Changes the database of a service that does not run, as an operator's command does: in one transaction on a connection of
 * its own. Whoever calls owns the database (`DatabaseLock`) and has looked at it (`checkDatabase`). Throws `StartError`, and
 * what `work` throws; then nothing is changed.
 */
export function changeStopped<T>(database: string, work: (statements: Statements) => T): T {
  return withDatabase(database, { readonly: false }, (connection) => {
    if (countMigrations(connection, database) < migrations.length) {
      throw new StartError(`the database ${database} is of an older release: start this one on it first`);
    }
    connection.pragma('synchronous = FULL');
    markLog(connection, database);
    const statements = new Statements(connection);
    const change = connection.transaction(() => work(statements));
    const result = change.immediate();
    settleMark(connection, database);
    return result;
  });
}
