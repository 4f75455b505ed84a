import type { Clock } from '../clock/clock.js';
import type { Statements } from '../database/statements.js';
import { unrecorded } from '../errors/unrecorded.js';
import type { AuditEntry, TxnVerification } from './audit-entry.js';
import { entryText, newSalt } from './entry-text.js';
import type { RecordedEntry } from './recorded-entry.js';

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

  /** Says what it has written. Throws `AUDIT.UNAVAILABLE` when it cannot be written; then the effect must be undone. */
  insert(entry: AuditEntry, statements: Statements): RecordedEntry {
    try {
      const salt = newSalt();
      const text = entryText(entry, this.clock.nowMilliseconds(), this.txnVerification, salt);
      return { id: statements.insertOne(INSERT_ENTRY, text), salt, text };
    } catch (cause) {
      throw unrecorded(cause);
    }
  }
}
