import type { Clock } from '../clock/clock.js';
import type { Statements } from '../database/statements.js';
import { unrecorded } from '../errors/unrecorded.js';
import type { AuditEntry, TxnVerification } from './audit-entry.js';
import { entryText } from './entry-text.js';

const INSERT_ENTRY = 'INSERT INTO audit_entries (entry) VALUES (?)';

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
      const text = entryText(entry, this.clock.nowMilliseconds(), this.txnVerification);
      return statements.insertOne(INSERT_ENTRY, text);
    } catch (cause) {
      throw unrecorded(cause);
    }
  }
}
