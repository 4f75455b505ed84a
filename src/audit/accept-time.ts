import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock/clock.js';
import { readBelievedTime, replaceBelievedTime } from '../database/believed-time.js';
import type { TxnVerification } from './audit-entry.js';
import { EntryStatement } from './entry-statement.js';
import { changeStopped } from './stopped-service.js';

/** Two times in milliseconds since the Unix epoch. */
export interface AcceptedTime {
  readonly before: number;
  readonly now: number;
}

/**
 * Has the service believe what `clock` says, though it believed a later time before, and records both, as
 * {@link changeStopped} does and demands. `undefined`, with nothing changed, when the clock is not behind.
 */
export function acceptTime(database: string, clock: Clock, txnVerification: TxnVerification): AcceptedTime | undefined {
  return changeStopped(database, (statements) => {
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
}
