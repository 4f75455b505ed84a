import type { RowGuard } from '../../../database/rows/row-guard.js';
import type { Statements } from '../../../database/statements.js';

/** The tables of counts, in a transaction or a read: what is in them, and what says that it is as it was written. */
export interface CountTables {
  readonly statements: Statements;
  readonly rows: RowGuard;
}
