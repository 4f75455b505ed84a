import type { Clock } from '../clock/clock.js';
import type { Statements } from '../database/statements.js';
import { DomainError } from '../errors/domain-error.js';
import { factsToColumn } from './audit-facts.js';
import type { AuditEntry, TxnVerification } from './audit-entry.js';

const INSERT_ENTRY = `INSERT INTO audit_entries
  (at_ms, request_id, client_request_id, action, outcome, code, actor_id, client_id, public_key, signed_hash,
   txn_verification, facts)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/**
 * Writes an entry of the record within the call: for `persistence/`, where many effects are written in one stretch.
 * Everybody else records through `AuditTrail`.
 */
export class EntryStatement {
  constructor(
    private readonly clock: Clock,
    private readonly txnVerification: TxnVerification,
  ) {}

  /** Says the entry's id. Throws `AUDIT.UNAVAILABLE` when it cannot be written; then the effect must be undone. */
  insert(entry: AuditEntry, statements: Statements): number {
    try {
      return statements.insertOne(
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
        entry.facts === undefined ? null : factsToColumn(entry.facts),
      );
    } catch (cause) {
      throw unrecorded(cause);
    }
  }
}

/** What to throw when a decision could not be recorded; it undoes the effect. */
export function unrecorded(cause: unknown): DomainError {
  return new DomainError('AUDIT.UNAVAILABLE', 'the decision could not be recorded; nothing was changed', { cause });
}
