import type { Clock } from '../clock/clock.js';
import type { Transaction } from '../database/transaction.js';
import { DomainError } from '../errors/domain-error.js';
import type { Actor } from '../identity/actor.js';
import type { AuditEntry, AuditSubject } from './audit-entry.js';

/** Whether transactions were checked (`strict`) or the client's hash believed (`trust-hash`). */
export type TxnVerification = 'strict' | 'trust-hash';

const INSERT_ENTRY = `INSERT INTO audit_entries
  (at_ms, request_id, client_request_id, action, outcome, code, actor_id, client_id, public_key, signed_hash,
   txn_verification)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/**
 * The record of decisions: an append-only audit log that fails closed. An entry is written in the transaction of the
 * effect it tells of, so there is no effect without an entry and no entry without its effect.
 */
export class AuditTrail {
  constructor(
    private readonly clock: Clock,
    private readonly txnVerification: TxnVerification,
  ) {}

  /** Records that `action` was done for `actor`, in the transaction that does it. Throws as {@link record}. */
  approve(actor: Actor, action: string, subject: AuditSubject, transaction: Transaction): Promise<void> {
    return this.record({ actor, action, outcome: 'approved', ...subject }, transaction);
  }

  /** As {@link approve}, within the call: for signatures, of which many are recorded in one stretch. */
  approveAtOnce(actor: Actor, action: string, subject: AuditSubject, transaction: Transaction): void {
    const { clientId, publicKeyHex, signedHashHex } = subject;
    this.#insert({ actor, action, outcome: 'approved', clientId, publicKeyHex, signedHashHex }, transaction);
  }

  /** Throws `AUDIT.UNAVAILABLE` when the entry cannot be written; the caller's transaction is then undone. */
  // Async, though SQLite needs no promise: use cases wait for the record as for any other write.
  async record(entry: AuditEntry, transaction: Transaction): Promise<void> {
    this.#insert(entry, transaction);
    return Promise.resolve();
  }

  #insert(entry: AuditEntry, { statements }: Transaction): void {
    try {
      statements.run(
        INSERT_ENTRY,
        this.clock.nowMilliseconds(),
        entry.actor.requestId,
        entry.actor.clientRequestId ?? null,
        entry.action,
        entry.outcome,
        entry.code ?? null,
        entry.actor.userId ?? null,
        entry.clientId ?? null,
        entry.publicKeyHex ?? null,
        entry.signedHashHex ?? null,
        this.txnVerification,
      );
    } catch (cause) {
      throw new DomainError('AUDIT.UNAVAILABLE', 'the decision could not be recorded; nothing was changed', { cause });
    }
  }
}
