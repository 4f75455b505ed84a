import type { Clock } from '../clock/clock.js';
import { columnsOf } from '../database/rows/covered-table.js';
import type { CoveredRow } from '../database/rows/covered-table.js';
import type { RowGuard } from '../database/rows/row-guard.js';
import type { Statements } from '../database/statements.js';
import { alteredRow } from '../errors/altered-row.js';
import { orUnrecorded } from '../errors/unrecorded.js';
import type { Action } from './action.js';
import { COVERED_DECISIONS } from './covered-tables.js';
import type { EntryStatement } from './entry-statement.js';
import { earlierEntry } from './recorded-entry.js';
import type { EarlierEntry, RecordedEntry } from './recorded-entry.js';
import { decisionDigest } from './signing-entry.js';
import type { SigningEntry, SigningSubject } from './signing-entry.js';

const INSERT_DECISION = 'INSERT INTO signing_decisions (digest, entry_id, mac) VALUES (?, ?, ?)';

const FIND_DECISION = `SELECT ${columnsOf(COVERED_DECISIONS)} FROM signing_decisions WHERE digest = ?`;

const FIND_TEXT = 'SELECT entry FROM audit_entries WHERE id = ?';

const COUNT_REPEAT = `INSERT INTO signing_repeats
  (digest, "action", outcome, code, client_id, public_key, signed_hash, times, first_at_ms, last_at_ms)
  VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?)
  ON CONFLICT (digest) DO UPDATE SET times = times + 1, last_at_ms = excluded.last_at_ms`;

/** Which entry tells of a decision, and whether it was written just now: not when the decision is a repeat. */
export type RecordedDecision =
  | { readonly isRepeat: false; readonly entry: RecordedEntry }
  | { readonly isRepeat: true; readonly entry: EarlierEntry };

/**
 * Records decisions on signatures, so that a replay fills nothing (docs/adr/0034): the first of its kind as an entry; the
 * same again, which anybody can ask for who has overheard the request, as a count, of which an entry tells later
 * (`CountRepeats`).
 */
export class SigningDecisions {
  constructor(
    private readonly entries: EntryStatement,
    private readonly clock: Clock,
    private readonly rows: RowGuard,
  ) {}

  /**
   * In the transaction of the effect, as any entry. Throws `AUDIT.UNAVAILABLE` when it cannot be written; then the effect
   * must be undone. Throws `RECORD.ALTERED`, and has written nothing, where somebody else wrote that it was decided before.
   */
  record(entry: SigningEntry, statements: Statements): RecordedDecision {
    const digest = decisionDigest(entry, entry.action, entry.code);
    const earlier = this.#find(digest, statements);
    if (earlier !== undefined) {
      return { isRepeat: true, entry: orUnrecorded(() => this.#repeat(digest, earlier.entry_id, entry, statements)) };
    }
    const first = this.entries.insert(entry, statements);
    const mac = this.rows.codeOf(COVERED_DECISIONS, { digest, entry_id: first.id });
    orUnrecorded(() => {
      statements.runOne(INSERT_DECISION, digest, first.id, mac);
    });
    return { isRepeat: false, entry: first };
  }

  /** Whether just this was approved before, and so has an entry. One look into a key. Throws `RECORD.ALTERED`. */
  isApproved(subject: SigningSubject, action: Action, statements: Statements): boolean {
    return this.#find(decisionDigest(subject, action), statements) !== undefined;
  }

  /** What of it was decided before. Throws `RECORD.ALTERED` where that is not this service's word. */
  #find(digest: Buffer, statements: Statements): EarlierRow | undefined {
    const row = orUnrecorded(() => statements.first<EarlierRow>(FIND_DECISION, digest));
    if (row !== undefined && !this.rows.isIntact(COVERED_DECISIONS, [digest], row)) throw alteredRow();
    return row;
  }

  /** Counts it, and gives the entry that tells of it. */
  #repeat(digest: Buffer, id: number | null, entry: SigningEntry, statements: Statements): EarlierEntry {
    const { action, outcome, code = null, clientId, publicKeyHex, signedHashHex } = entry;
    const now = this.clock.nowMilliseconds();
    statements.runOne(COUNT_REPEAT, digest, action, outcome, code, clientId, publicKeyHex, signedHashHex, now, now);
    const text = id === null ? undefined : statements.first<{ entry: string }>(FIND_TEXT, id)?.entry;
    return earlierEntry(id, text ?? null);
  }
}

type EarlierRow = CoveredRow & { readonly entry_id: number | null };
