import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { SigningDecisions } from '../../audit/signing-decisions.js';
import { decisionsAfter } from '../../audit/signing-history.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import { RowGuard } from '../../database/rows/row-guard.js';
import { SqliteUnitOfWork } from '../../database/sqlite-unit-of-work.js';
import type { Statements } from '../../database/statements.js';
import type { TokenActor } from '../../identity/actor.js';
import { RunningTotals } from '../../restrictions/limits/running-totals.js';
import type { Usage } from '../../restrictions/limits/usage.js';
import type { Policy } from '../../restrictions/policy/policy.js';
import type { ViewedShare } from '../signing/signing-journal.js';
import { factsOf } from './counts/catch-up.js';
import { countedShare, scopesOf } from './counts/count-by.js';
import { SqliteUsage } from './counts/sqlite-usage.js';
import { FindReadable } from './find-readable.js';
import type { ReadableShare } from './find-readable.js';

/** Entries that one turn of the event loop looks at. */
const SLICE = 200;

/** Entries that are looked at, at most, for a policy that is not in force: a second or so, and some megabytes. */
const MOST_ENTRIES = 100_000;

/** What to tell where there is more. */
export const TOO_MUCH = 'too much to count';

/**
 * Looks at split keys for whoever asks what would be decided. It only reads, and leaves no entry in the record: nothing
 * comes of it.
 */
@Injectable()
export class PolicyPreviews {
  constructor(
    private readonly unitOfWork: SqliteUnitOfWork,
    private readonly decisions: SigningDecisions,
    private readonly rows: RowGuard,
    private readonly findReadable: FindReadable,
  ) {}

  /** A split key that is the caller's, or is lent to them, by either share's key. Throws `SPLIT_KEY.UNKNOWN`. */
  find(actor: TokenActor, clientId: ClientId, publicKey: PublicKeyHex): Promise<ReadableShare> {
    return this.unitOfWork.read((transaction) =>
      this.findReadable.byEitherKey(actor, clientId, publicKey, transaction),
    );
  }

  /**
   * What a policy would find counted if it came into force now. What nothing counts yet is counted from the record, in
   * memory and in slices, between which others have a turn.
   *
   * @param look called once, and waits for nothing: the usage holds no longer than the call
   * @param mostEntries of the record that are looked at
   * @returns what `look` does; {@link TOO_MUCH} when the record of the split key is longer than an answer may take
   */
  async usage<T>(
    share: ViewedShare,
    policy: Policy,
    look: (usage: Usage) => T,
    mostEntries = MOST_ENTRIES,
  ): Promise<T | typeof TOO_MUCH> {
    const counted = countedShare(share);
    const scopes = scopesOf(policy);
    const known = (statements: Statements): SqliteUsage =>
      new SqliteUsage(counted, this.decisions, { statements, rows: this.rows });
    const missing = await this.unitOfWork.readAtOnce((statements) =>
      scopes.filter((scope) => !known(statements).countsAll([scope])),
    );
    const totals = new RunningTotals(missing);
    const isMissing = new Set(missing.map(({ key }) => key));
    for (let entry = 0, seen = 0; seen < mostEntries; seen += SLICE) {
      const slice = await this.unitOfWork.readAtOnce((statements) => {
        if (missing.length === 0) return { result: look(known(statements)) };
        const { decisions, seenEntry, isLast } = decisionsAfter(counted, entry, SLICE, statements);
        for (const decision of decisions) {
          if (decision.outcome === 'approved') totals.count(factsOf(decision), decision.atMs);
        }
        if (!isLast) return { seenEntry };
        return { result: look(mixed(known(statements), totals, isMissing)) };
      });
      if ('result' in slice) return slice.result;
      entry = slice.seenEntry ?? entry;
      await setImmediate();
    }
    return TOO_MUCH;
  }
}

/** What is counted in the tables, from there; the rest from the record. */
function mixed(usage: SqliteUsage, totals: RunningTotals, isOfTotals: ReadonlySet<string>): Usage {
  return {
    newestMs: Math.max(usage.newestMs, totals.newestMs),
    isCounted: (kind, hash) => usage.isCounted(kind, hash),
    counter: (scope) => (isOfTotals.has(scope.key) ? totals : usage).counter(scope),
  };
}
