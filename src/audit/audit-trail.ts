import type { Clock } from '../clock/clock.js';
import type { Transaction } from '../database/transaction.js';
import { DomainError } from '../errors/domain-error.js';
import type { Actor } from './actor.js';
import type { AuditEntry, AuditSubject } from './audit-entry.js';

/** Whether transactions were checked (`strict`) or the client's hash believed (`trust-hash`). */
export type TxnVerification = 'strict' | 'trust-hash';

const INSERT_ENTRY = `INSERT INTO audit_entries
  (at_ms, request_id, action, outcome, code, actor_id, client_id, public_key, signed_hash, txn_verification)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/**
 * The record of decisions. An entry is written in the transaction of the effect it tells of, so there is no
 * effect without an entry and no entry without its effect.
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

  /** Throws `AUDIT.UNAVAILABLE` when the entry cannot be written; the caller's transaction is then undone. */
  async record(entry: AuditEntry, transaction: Transaction): Promise<void> {
    try {
      // A prepared statement, since every request of anybody authenticated leaves an entry.
      await transaction.manager.query(INSERT_ENTRY, [
        this.clock.nowMilliseconds(),
        entry.actor.requestId,
        entry.action,
        entry.outcome,
        entry.code ?? null,
        entry.actor.userId ?? null,
        entry.clientId ?? null,
        entry.publicKeyHex ?? null,
        entry.signedHashHex ?? null,
        this.txnVerification,
      ]);
    } catch (cause) {
      throw new DomainError('AUDIT.UNAVAILABLE', 'the decision could not be recorded; nothing was changed', { cause });
    }
  }
}
