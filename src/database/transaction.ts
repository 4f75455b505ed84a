import type { EntityManager } from 'typeorm';
import type { Statements } from './statements.js';

/**
 * The open unit of work, handed from use case to repository to event handler, so that all of them write in
 * one database transaction. Only repositories (`persistence/`, `audit/`) and `database/` look inside.
 */
export interface Transaction {
  readonly manager: EntityManager;
  /** For what every signature asks. */
  readonly statements: Statements;
}
