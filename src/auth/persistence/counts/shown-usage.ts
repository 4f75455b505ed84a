import { Injectable } from '@nestjs/common';
import { SigningDecisions } from '../../../audit/signing-decisions.js';
import { statementsOf } from '../../../database/open-transaction.js';
import type { Transaction } from '../../../database/transaction.js';
import { NOTHING_COUNTED } from '../../../restrictions/limits/no-usage.js';
import type { Usage } from '../../../restrictions/limits/usage.js';
import type { ServerShare } from '../../domain/server-share.js';
import { countedShare } from './count-by.js';
import { SqliteUsage } from './sqlite-usage.js';

/**
 * What a split key has signed, to be shown and never to decide by: a scope that nothing counts looks unused here, where
 * signing is refused. So what is said to be possible is never less than what is.
 */
@Injectable()
export class ShownUsage {
  constructor(private readonly decisions: SigningDecisions) {}

  /** As it is in this transaction; to be asked for anew when something else is to be counted. */
  of(share: ServerShare, transaction: Transaction): Usage {
    const usage = new SqliteUsage(countedShare(share), this.decisions, statementsOf(transaction));
    return {
      get newestMs() {
        return usage.newestMs;
      },
      isCounted: (kind, hash) => usage.isCounted(kind, hash),
      counter: (scope) => (usage.countsAll([scope]) ? usage.counter(scope) : NOTHING_COUNTED),
    };
  }
}
