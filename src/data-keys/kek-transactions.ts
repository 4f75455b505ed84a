import { statementsOf } from '../database/open-transaction.js';
import type { Transaction } from '../database/transaction.js';
import type { UnitOfWork } from '../database/unit-of-work.js';
import type { KekAction, KekWork } from './kek-work.js';

/** Records what `work` did, in its transaction; nothing where it names no key. */
export type RecordChange = (
  action: KekAction,
  work: (transaction: Transaction) => Promise<string | undefined>,
) => Promise<unknown>;

/** What the service does by itself can wait. */
const IN_TURN = { lane: 'making', holder: '' } as const;

/** How orders about keys read and write: through the one door of everybody else. */
export function kekTransactions(
  unitOfWork: UnitOfWork,
  record: RecordChange,
): Pick<KekWork, 'change' | 'write' | 'read'> {
  return {
    change: async (action, work) => {
      await record(action, async (transaction) => Promise.resolve(work(statementsOf(transaction))));
    },
    write: (work) => unitOfWork.write(async (transaction) => Promise.resolve(work(statementsOf(transaction))), IN_TURN),
    read: (work) => unitOfWork.read(async (transaction) => Promise.resolve(work(statementsOf(transaction)))),
  };
}
