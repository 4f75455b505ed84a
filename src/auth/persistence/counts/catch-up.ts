import { decisionsAfter } from '../../../audit/signing-history.js';
import type { RecordedDecision } from '../../../audit/signing-history.js';
import { messageFacts } from '../../../restrictions/facts/facts.js';
import type { Facts } from '../../../restrictions/facts/facts.js';
import { unknownTransaction } from '../../../restrictions/facts/recorded-facts.js';
import { counts } from '../../../restrictions/limits/count-scope.js';
import type { CountScope } from '../../../restrictions/limits/count-scope.js';
import { tallyOf } from '../../../restrictions/limits/tally-of.js';
import { countOne, newestOf } from './count-rows.js';
import type { CountTables } from './count-tables.js';
import { beginCounting, counterOf, haveSeen, keepCounters } from './counters.js';
import type { CountedShare } from './sqlite-usage.js';

/** Entries in the final write: what came since the last slice is hardly ever one. */
const MOST_AT_LAST = 500;

/**
 * Counts by a scope, for a limit that is to come, what was signed before it: the next `most` entries of the record. In a
 * transaction; what it has done stays done, and is gone on with later, also after a restart.
 *
 * Approvals alone are counted, each once: what was approved again has no entry. Those of earlier releases say only what
 * they were of; a transaction was then anything, of no value.
 *
 * @returns whether everything is counted that the record has. Throws where an entry cannot be read: a sum without it
 *   would be too small; and `RECORD.ALTERED`
 */
export function catchUp(share: CountedShare, scope: CountScope, most: number, tables: CountTables): boolean {
  const counter = counterOf(share.id, scope.key, tables);
  if (counter.isCounting) return true;
  const { decisions, seenEntry: last, isLast } = decisionsAfter(share, counter.seenEntry, most, tables.statements);
  let newest = newestOf(counter, tables);
  for (const decision of decisions) {
    if (decision.outcome !== 'approved') continue;
    const facts = factsOf(decision);
    if (!counts(scope, facts)) continue;
    // As when it is signed: the clock may have been set back.
    const atMs = Math.max(decision.atMs, newest?.atMs ?? 0);
    newest = countOne(counter.id, newest, { atMs, valueSas: tallyOf(facts).valueSas }, decision.id, tables);
  }
  if (last !== undefined) haveSeen(counter, last, newest?.count ?? 0, tables);
  return isLast;
}

/**
 * Has each signature of a split key counted by these scopes from now on, and by no others: in the transaction in which a
 * policy with such limits comes into force. What was signed since the last slice is counted first.
 *
 * @returns false when that is too much for one transaction: `CountSlices.prepare` must be asked again, and nothing may
 *   come into force
 */
export function countFromNowOn(share: CountedShare, scopes: readonly CountScope[], tables: CountTables): boolean {
  if (!scopes.every((scope) => catchUp(share, scope, MOST_AT_LAST, tables))) return false;
  for (const { key } of scopes) {
    const counter = counterOf(share.id, key, tables);
    if (!counter.isCounting) beginCounting(counter, tables);
  }
  keepCounters(share.id, new Set(scopes.map(({ key }) => key)), tables.statements);
  return true;
}

/** What was asked for, as it is counted. Throws where an entry cannot be read. */
export function factsOf({ id, kind, hash, facts }: RecordedDecision): Facts {
  if (facts === 'unreadable') throw new Error(`what entry ${id} of the record was asked cannot be read`);
  return facts ?? (kind === 'message' ? messageFacts(hash, 'not-shown') : unknownTransaction(hash));
}
