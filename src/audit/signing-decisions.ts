import type { Clock } from '../clock/clock.js';
import type { Statements } from '../database/statements.js';
import { unrecorded } from '../errors/unrecorded.js';
import type { Action } from './action.js';
import type { EntryStatement } from './entry-statement.js';
import { earlierEntry } from './recorded-entry.js';
import type { EarlierEntry, RecordedEntry } from './recorded-entry.js';
import { decisionDigest } from './signing-entry.js';
import type { SigningEntry, SigningSubject } from './signing-entry.js';

const INSERT_DECISION = 'INSERT INTO signing_decisions (digest, entry_id) VALUES (?, ?)';

const FIND_DECISION = `SELECT decision.entry_id AS id, entries.entry AS text
  FROM signing_decisions decision LEFT JOIN audit_entries entries ON entries.id = decision.entry_id
  WHERE decision.digest = ?`;

const IS_DECIDED = 'SELECT 1 FROM signing_decisions WHERE digest = ?';

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
  ) {}

  /**
   * In the transaction of the effect, as any entry. Throws `AUDIT.UNAVAILABLE` when it cannot be written; then the effect
   * must be undone.
   */
  record(entry: SigningEntry, statements: Statements): RecordedDecision {
    const digest = decisionDigest(entry, entry.action, entry.code);
    const earlier = orUnrecorded(() => this.#repeated(digest, entry, statements));
    if (earlier !== undefined) return { isRepeat: true, entry: earlier };
    const first = this.entries.insert(entry, statements);
    orUnrecorded(() => {
      statements.runOne(INSERT_DECISION, digest, first.id);
    });
    return { isRepeat: false, entry: first };
  }

  /** Whether just this was approved before, and so has an entry. One look into a key. */
  isApproved(subject: SigningSubject, action: Action, statements: Statements): boolean {
    return statements.first(IS_DECIDED, decisionDigest(subject, action)) !== undefined;
  }

  /** Counts it, and gives the entry that tells of it; `undefined` when it was not decided before. */
  #repeated(digest: Buffer, entry: SigningEntry, statements: Statements): EarlierEntry | undefined {
    const earlier = statements.first<EarlierRow>(FIND_DECISION, digest);
    if (earlier === undefined) return undefined;
    const { action, outcome, code = null, clientId, publicKeyHex, signedHashHex } = entry;
    const now = this.clock.nowMilliseconds();
    statements.runOne(COUNT_REPEAT, digest, action, outcome, code, clientId, publicKeyHex, signedHashHex, now, now);
    return earlierEntry(earlier.id, earlier.text);
  }
}

function orUnrecorded<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw unrecorded(cause);
  }
}

interface EarlierRow {
  readonly id: number | null;
  readonly text: string | null;
}
