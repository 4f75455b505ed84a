import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock/clock.js';
import { StartError } from '../errors/start-error.js';
import type { TxnVerification } from './audit-entry.js';
import { EntryStatement } from './entry-statement.js';
import { beginEpoch, epochNumberIn, originOf, readEpochs } from './log/epochs.js';
import type { Epoch } from './log/epochs.js';
import { countEntries, headOf, readHead } from './log/known-head.js';
import type { KnownHead } from './log/known-head.js';
import { changeStopped } from './stopped-service.js';

/**
 * Has the log go on under another name from a database that is older than a checkpoint which is known, and records that
 * checkpoint as the first entry under it, as {@link changeStopped} does and demands. Throws `StartError` when `head` is
 * not that checkpoint's: whoever accepts has read which.
 *
 * @param head as `headOf` writes it; `undefined` accepts whatever is known
 */
export function acceptRollback(
  database: string,
  { known, head }: { readonly known: KnownHead; readonly head: string | undefined },
  clock: Clock,
  txnVerification: TxnVerification,
): Epoch {
  const lost = readHead(known);
  if (head !== undefined && head !== headOf(lost)) {
    throw new StartError(`the last checkpoint in ${known.where} is ${headOf(lost)}, not the one that was named`);
  }
  return changeStopped(database, (statements) => {
    const epochs = readEpochs(statements);
    const [first, last] = [epochs[0], epochs.at(-1)];
    if (first === undefined || last === undefined) throw new StartError('the log of this database has not begun');
    const number = epochNumberIn(lost.origin, first.origin);
    if (number === undefined) throw new StartError(`${known.where} is of another log (${lost.origin})`);
    const next = Math.max(number, last.number) + 1;
    const epoch = { number: next, origin: originOf(first.origin, next), size: countEntries(statements) };
    beginEpoch(epoch, clock.nowMilliseconds(), statements);
    new EntryStatement(clock, txnVerification).insert(
      {
        actor: { userId: undefined, requestId: randomUUID() },
        action: 'accept-rollback',
        outcome: 'approved',
        facts: {
          log: { before: last.origin, after: epoch.origin },
          lost_head: { origin: lost.origin, root: lost.root.toString('base64'), size: lost.size },
        },
      },
      statements,
    );
    return epoch;
  });
}
