import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock/clock.js';
import { readBelievedTime, replaceBelievedTime } from '../database/believed-time.js';
import { countMigrations } from '../database/known-migrations.js';
import { markLog, settleMark } from '../database/log-mark.js';
import { withDatabase } from '../database/start-checks.js';
import { Statements } from '../database/statements.js';
import { StartError } from '../errors/start-error.js';
import { migrations } from '../database/migrations/all-migrations.js';
import type { TxnVerification } from './audit-entry.js';
import { EntryStatement } from './entry-statement.js';

/** Two times in milliseconds since the Unix epoch. */
export interface AcceptedTime {
  readonly before: number;
  readonly now: number;
}

/**
 * Has the service believe what `clock` says, though it believed a later time before, and records both, in one
 * transaction on a connection of its own. `undefined`, with nothing changed, when the clock is not behind.
 *
 * Whoever calls owns the database (`DatabaseLock`) and has looked at it (`checkDatabase`). Throws `StartError`.
 */
export function acceptTime(database: string, clock: Clock, txnVerification: TxnVerification): AcceptedTime | undefined {
  return withDatabase(database, { readonly: false }, (connection) => {
    if (countMigrations(connection, database) < migrations.length) {
      throw new StartError(`the database ${database} is of an older release: start this one on it first`);
    }
    connection.pragma('synchronous = FULL');
    markLog(connection, database);
    const statements = new Statements(connection);
    const accept = connection.transaction((): AcceptedTime | undefined => {
      const [before, now] = [readBelievedTime(statements), clock.nowMilliseconds()];
      if (now >= before) return undefined;
      replaceBelievedTime(statements, now);
      new EntryStatement(clock, txnVerification).insert(
        {
          actor: { userId: undefined, requestId: randomUUID() },
          action: 'accept-time',
          outcome: 'approved',
          facts: { believed_time_ms: { before, after: now } },
        },
        statements,
      );
      return { before, now };
    });
    const accepted = accept.immediate();
    settleMark(connection, database);
    return accepted;
  });
}
