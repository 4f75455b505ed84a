import { Injectable } from '@nestjs/common';
import { SigningDecisions } from '../../../audit/signing-decisions.js';
import { statementsOf } from '../../../database/open-transaction.js';
import { RowGuard } from '../../../database/rows/row-guard.js';
import type { Transaction } from '../../../database/transaction.js';
import { codeOf } from '../../../errors/error-code.js';
import type { CountScope } from '../../../restrictions/limits/count-scope.js';
import { NOTHING_COUNTED } from '../../../restrictions/limits/no-usage.js';
import type { Counter, Usage } from '../../../restrictions/limits/usage.js';
import type { ServerShare } from '../../domain/server-share.js';
import { countedShare } from './count-by.js';
import { SqliteUsage } from './sqlite-usage.js';

/**
 * What a split key has signed, to be shown and never to decide by: a scope that nothing counts, or of whose counts somebody
 * has removed some, looks unused here, where signing is refused. So what is said to be possible is never less than what
 * is, and its owner can set another policy.
 */
@Injectable()
export class ShownUsage {
  constructor(
    private readonly decisions: SigningDecisions,
    private readonly rows: RowGuard,
  ) {}

  /** As it is in this transaction; to be asked for anew when something else is to be counted. */
  of(share: ServerShare, transaction: Transaction): Usage {
    const usage = new SqliteUsage(countedShare(share), this.decisions, {
      statements: statementsOf(transaction),
      rows: this.rows,
    });
    const counterOf = (scope: CountScope): Counter =>
      usage.countsAll([scope]) ? usage.counter(scope) : NOTHING_COUNTED;
    return {
      get newestMs() {
        return unlessAltered(() => usage.newestMs, 0);
      },
      isCounted: (kind, hash) => usage.isCounted(kind, hash),
      counter: (scope) => {
        const counter = unlessAltered(() => counterOf(scope), NOTHING_COUNTED);
        return {
          total: () => counter.total(),
          upTo: (milliseconds) => unlessAltered(() => counter.upTo(milliseconds), NOTHING_COUNTED.total()),
          whenValueWas: (value) => unlessAltered(() => counter.whenValueWas(value), undefined),
          whenCountWas: (count) => unlessAltered(() => counter.whenCountWas(count), undefined),
        };
      },
    };
  }
}

function unlessAltered<T>(ask: () => T, otherwise: T): T {
  try {
    return ask();
  } catch (error) {
    if (codeOf(error) !== 'RECORD.ALTERED') throw error;
    return otherwise;
  }
}
