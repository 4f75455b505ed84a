import type { EntityManager } from 'typeorm';

/**
 * The open unit of work, handed from use case to repository to event handler, so that all of them write in
 * one database transaction. Only repositories (`persistence/`) and `database/` look inside.
 */
export interface Transaction {
  readonly manager: EntityManager;
}
