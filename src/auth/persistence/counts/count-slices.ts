import { Injectable } from '@nestjs/common';
import { statementsOf } from '../../../database/open-transaction.js';
import { RowGuard } from '../../../database/rows/row-guard.js';
import { SqliteUnitOfWork } from '../../../database/sqlite-unit-of-work.js';
import type { Statements } from '../../../database/statements.js';
import type { CountScope } from '../../../restrictions/limits/count-scope.js';
import { catchUp } from './catch-up.js';
import { deleteLetGo, keepPrepared } from './counters.js';
import type { CountedShare } from './sqlite-usage.js';

/** Entries of the record that one write looks at: some three milliseconds. */
const SLICE = 250;

/** What there is much to do of in the tables of counts, in short writes between which everybody else has a turn. */
@Injectable()
export class CountSlices {
  constructor(
    private readonly unitOfWork: SqliteUnitOfWork,
    private readonly rows: RowGuard,
  ) {}

  /** A slice of what belongs to no split key any more. Says how many rows that were; 0 when nothing is left. */
  deleteLetGo(most: number): Promise<number> {
    return this.#write((statements) => deleteLetGo(most, statements));
  }

  /**
   * Counts by each of the scopes what a split key has signed, until everything is counted that the record has. What was
   * prepared for other scopes, and never came into force, is let go. To be ended by `countFromNowOn`; until then what
   * is signed meanwhile is missing.
   *
   * @param holder whose turn it takes
   */
  async prepare(share: CountedShare, scopes: readonly CountScope[], holder: string): Promise<void> {
    const keys = new Set(scopes.map(({ key }) => key));
    await this.#write((statements) => {
      keepPrepared(share.id, keys, statements);
    }, holder);
    for (const scope of scopes) {
      while (
        !(await this.#write((statements) => catchUp(share, scope, SLICE, { statements, rows: this.rows }), holder))
      );
    }
  }

  #write<T>(work: (statements: Statements) => T, holder = ''): Promise<T> {
    const order = { lane: 'making', holder } as const;
    return this.unitOfWork.write((transaction) => Promise.resolve(work(statementsOf(transaction))), order);
  }
}
