import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock/clock.js';
import type { Statements } from '../database/statements.js';
import { StartError } from '../errors/start-error.js';
import type { TxnVerification } from './audit-entry.js';
import { EntryStatement } from './entry-statement.js';
import { beginEpoch, epochNumberIn, originOf, readEpochs } from './log/epochs.js';
import type { Epoch } from './log/epochs.js';
import { countEntries, headOf, readHead, standingTo } from './log/known-head.js';
import type { KnownHead } from './log/known-head.js';
import { changeStopped } from './stopped-service.js';
import type { Checkpoint } from './tlog/checkpoint.js';

/** What is known of the log beside the database, and what whoever accepts its loss has named. */
export interface AcceptedLoss {
  /** `undefined` where there is none. */
  readonly known: KnownHead | undefined;
  /** As `headOf` writes it, or the size alone, of which a witness tells; `undefined` accepts the known one. */
  readonly head: string | undefined;
}

/** Of which a witness says only how large it was. */
type LostHead = Pick<Checkpoint, 'origin' | 'size'> & Partial<Pick<Checkpoint, 'root'>>;

const SIZE = /^[1-9]\d{0,14}$/;

/**
 * Has the log go on under another name from a database that is older than what is known of its log, and records what was
 * lost as the first entry under it, as {@link changeStopped} does and demands. Throws `StartError` when `head` is not what
 * a refused start has named: whoever accepts has read which.
 */
export function acceptRollback(
  database: string,
  loss: AcceptedLoss,
  clock: Clock,
  txnVerification: TxnVerification,
): Epoch {
  return changeStopped(database, (statements) => {
    const epochs = readEpochs(statements);
    const [first, last] = [epochs[0], epochs.at(-1)];
    if (first === undefined || last === undefined) throw new StartError('the log of this database has not begun');
    const lost = lostHead(loss, epochs, statements) ?? { origin: last.origin, size: Number(loss.head) };
    const number = epochNumberIn(lost.origin, first.origin);
    if (number === undefined) throw new StartError(`${loss.known?.where ?? 'it'} is of another log (${lost.origin})`);
    const next = Math.max(number, last.number) + 1;
    const epoch = { number: next, origin: originOf(first.origin, next), size: countEntries(statements) };
    beginEpoch(epoch, clock.nowMilliseconds(), statements);
    const { root } = lost;
    new EntryStatement(clock, txnVerification).insert(
      {
        actor: { userId: undefined, requestId: randomUUID() },
        action: 'accept-rollback',
        outcome: 'approved',
        facts: {
          log: { before: last.origin, after: epoch.origin },
          lost_head: {
            origin: lost.origin,
            size: lost.size,
            ...(root === undefined ? {} : { root: root.toString('base64') }),
          },
        },
      },
      statements,
    );
    return epoch;
  });
}

/** `undefined` for what only a witness knows, of which the size alone was named. */
function lostHead(
  { known, head }: AcceptedLoss,
  epochs: readonly Epoch[],
  statements: Statements,
): LostHead | undefined {
  const isOfWitness = head !== undefined && SIZE.test(head);
  if (known === undefined) {
    if (isOfWitness) return undefined;
    throw new StartError('there is no checkpoint of the log, so nothing was rolled back');
  }
  const lost = readHead(known);
  // The database stands to the file as it should: then it is the witness that knows more.
  if (isOfWitness && standingTo(lost, epochs, statements) === 'goes on from it') return undefined;
  if (head === undefined || head === headOf(lost)) return lost;
  throw new StartError(`the last checkpoint in ${known.where} is ${headOf(lost)}, not the one that was named`);
}
