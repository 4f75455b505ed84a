import type { EntityManager } from 'typeorm';
import { requireOne } from './statements.js';
import type { Statements } from './statements.js';
import { Transaction } from './transaction.js';

/** A {@link Transaction} as SQLite has it. */
export class OpenTransaction extends Transaction {
  protected readonly engine = 'sqlite';

  constructor(
    readonly manager: EntityManager,
    readonly statements: Statements,
  ) {
    super();
  }
}

/** For repositories, which ask by entities. */
export function managerOf(transaction: Transaction): EntityManager {
  return opened(transaction).manager;
}

/** For what needs SQL of its own, answered within the call. SQLite's alone: another engine has no such thing. */
export function statementsOf(transaction: Transaction): Statements {
  return opened(transaction).statements;
}

/** Throws unless the insert, update or delete that was made last has changed exactly one row. */
export function requireOneRow(transaction: Transaction): void {
  requireOne(statementsOf(transaction).first<{ rows: number }>('SELECT changes() AS rows')?.rows ?? 0);
}

function opened(transaction: Transaction): OpenTransaction {
  if (transaction instanceof OpenTransaction) return transaction;
  throw new Error('a transaction of another engine');
}
