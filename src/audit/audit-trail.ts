import { statementsOf } from '../database/open-transaction.js';
import type { RowGuard } from '../database/rows/row-guard.js';
import type { Transaction } from '../database/transaction.js';
import type { ClientId } from '../crypto/key-names.js';
import type { Actor } from '../identity/actor.js';
import type { Action } from './action.js';
import type { AuditEntry, AuditSubject } from './audit-entry.js';
import type { EntryStatement } from './entry-statement.js';
import type { EarlierEntry } from './recorded-entry.js';
import type { SigningDecisions } from './signing-decisions.js';
import type { SigningEntry } from './signing-entry.js';

/** Of an entry that tells of rows and of much else, and of one that tells of rows alone. */
const [SOME_BYTES, MOST_BYTES] = [2_000, 6_000];

/**
 * The record of decisions: an append-only audit log that fails closed. An entry is written in the transaction of the
 * effect it tells of, so there is no effect without an entry and no entry without its effect.
 */
export class AuditTrail {
  constructor(
    private readonly entries: EntryStatement,
    private readonly decisions: SigningDecisions,
    private readonly rows: RowGuard,
  ) {}

  /** A transaction begins: nothing is done to rows yet. */
  begin(): void {
    this.rows.changes.begin();
  }

  /**
   * Records that `action` was done for `actor`, in the transaction that does it, and what that did to rows of the wallet.
   * Throws as {@link record}.
   */
  approve(actor: Actor, action: Action, subject: AuditSubject, transaction: Transaction): Promise<void> {
    const { clientId } = subject;
    const told = clientId === undefined ? undefined : this.rows.changes.take(clientId, SOME_BYTES);
    const rows = told === undefined ? {} : { rows: told.said };
    return this.record({ actor, action, outcome: 'approved', ...subject, ...rows }, transaction);
  }

  /** Records what else the transaction did to rows, at its end. Throws as {@link record}. */
  async noteRows(actor: Actor, transaction: Transaction): Promise<void> {
    const take = (): ReturnType<RowGuard['changes']['take']> => this.rows.changes.take(undefined, MOST_BYTES);
    for (let told = take(); told !== undefined; told = take()) {
      const { clientId, said: rows } = told;
      const entry = { actor, action: 'note-rows', outcome: 'approved', clientId: clientId as ClientId, rows } as const;
      await this.record(entry, transaction);
    }
  }

  /** Throws `AUDIT.UNAVAILABLE` when the entry cannot be written; the caller's transaction is then undone. */
  // Async, though SQLite needs no promise: use cases wait for the record as for any other write.
  async record(entry: AuditEntry, transaction: Transaction): Promise<void> {
    this.entries.insert(entry, statementsOf(transaction));
    return Promise.resolve();
  }

  /**
   * As {@link record}, of a decision on a signature: what was decided the same before is counted, without an entry.
   *
   * @returns the entry that tells of it, the earlier one of a repeat
   */
  async recordDecision(entry: SigningEntry, transaction: Transaction): Promise<EarlierEntry> {
    return Promise.resolve(this.decisions.record(entry, statementsOf(transaction)).entry);
  }
}
