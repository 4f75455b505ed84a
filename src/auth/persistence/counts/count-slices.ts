import { Injectable } from '@nestjs/common';
import { statementsOf } from '../../../database/open-transaction.js';
import { SqliteUnitOfWork } from '../../../database/sqlite-unit-of-work.js';
import type { Statements } from '../../../database/statements.js';
import { deleteLetGo } from './counters.js';

/** What there is much to do of in the tables of counts, in short writes between which everybody else has a turn. */
@Injectable()
export class CountSlices {
  constructor(private readonly unitOfWork: SqliteUnitOfWork) {}

  /** A slice of what belongs to no split key any more. Says how many rows that were; 0 when nothing is left. */
  deleteLetGo(most: number): Promise<number> {
    return this.#write((statements) => deleteLetGo(most, statements));
  }

  #write<T>(work: (statements: Statements) => T): Promise<T> {
    const order = { lane: 'making', holder: '' } as const;
    return this.unitOfWork.write((transaction) => Promise.resolve(work(statementsOf(transaction))), order);
  }
}
