import type { Clock } from '../clock/clock.js';
import type { Statements } from '../database/statements.js';
import { unrecorded } from '../errors/unrecorded.js';
import type { Action } from './action.js';
import type { EntryStatement } from './entry-statement.js';
import { decisionDigest } from './signing-entry.js';
import type { SigningEntry, SigningSubject } from './signing-entry.js';

const INSERT_DECISION = 'INSERT INTO signing_decisions (digest) VALUES (?) ON CONFLICT DO NOTHING';

const FIND_DECISION = 'SELECT 1 FROM signing_decisions WHERE digest = ?';

const COUNT_REPEAT = `INSERT INTO signing_repeats
  (digest, "action", outcome, code, client_id, public_key, signed_hash, times, first_at_ms, last_at_ms)
  VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?)
  ON CONFLICT (digest) DO UPDATE SET times = times + 1, last_at_ms = excluded.last_at_ms`;

/**
 * Records decisions on signatures, so that a replay fills nothing (docs/adr/0034): the first of its kind as an entry; the
 * same again, which anybody can ask for who has overheard the request, as a count, of which an entry tells later
 * (`CountRepeats`).
 */
export class SigningDecisions {
  constructor(
    private readonly entries: EntryStatement,
    private readonly clock: Clock,
  ) {}

  /**
   * In the transaction of the effect, as any entry. Throws `AUDIT.UNAVAILABLE` when it cannot be written; then the effect
   * must be undone.
   *
   * @returns the id of its entry; undefined when it was counted as a repeat
   */
  record(entry: SigningEntry, statements: Statements): number | undefined {
    return this.#isFirst(entry, statements) ? this.entries.insert(entry, statements) : undefined;
  }

  /** Whether just this was approved before, and so has an entry. One look into a key. */
  isApproved(subject: SigningSubject, action: Action, statements: Statements): boolean {
    return statements.first(FIND_DECISION, decisionDigest(subject, action)) !== undefined;
  }

  /** Counts it when it is not. */
  #isFirst(entry: SigningEntry, statements: Statements): boolean {
    try {
      const digest = decisionDigest(entry, entry.action, entry.code);
      if (statements.run(INSERT_DECISION, digest) === 1) return true;
      // It must be there: a trigger in the file can have SQLite leave the insert out in silence.
      if (statements.first(FIND_DECISION, digest) === undefined) throw new Error('a decision was not kept');
      const { action, outcome, code = null, clientId, publicKeyHex, signedHashHex } = entry;
      const now = this.clock.nowMilliseconds();
      statements.runOne(COUNT_REPEAT, digest, action, outcome, code, clientId, publicKeyHex, signedHashHex, now, now);
      return false;
    } catch (cause) {
      throw unrecorded(cause);
    }
  }
}
