import { setImmediate } from 'node:timers/promises';
import type { SqliteUnitOfWork } from '../database/sqlite-unit-of-work.js';
import type { Statements } from '../database/statements.js';
import type { Facts } from '../restrictions/facts/facts.js';
import { factsFromRecord } from '../restrictions/facts/recorded-facts.js';
import type { Action } from './action.js';
import type { Outcome } from './outcome.js';
import type { SigningSubject } from './signing-entry.js';

/** Whose decisions: a split key's. */
export type SigningKey = Pick<SigningSubject, 'clientId' | 'publicKeyHex'>;

/** A decision on a signature, as its entry tells it. */
export interface RecordedDecision {
  /** The entry's. */
  readonly id: number;
  readonly atMs: number;
  readonly kind: Facts['kind'];
  readonly hash: string;
  readonly outcome: Outcome;
  /** Why not; undefined for approvals. */
  readonly code: string | undefined;
  /** Undefined where the entry has none, as those of earlier releases. */
  readonly facts: Facts | 'unreadable' | undefined;
  /** By which revision of the policy; undefined where the entry does not say. */
  readonly policyRevision: number | undefined;
  /** The rule that refused; undefined where none did, or the entry does not say. */
  readonly refusedBy: { readonly rule: string; readonly reason: string } | undefined;
}

/** A few entries of a split key. */
export interface HistorySlice {
  readonly decisions: readonly RecordedDecision[];
  /** The entry that was looked at last; undefined when there was none. */
  readonly seenEntry: number | undefined;
  readonly isLast: boolean;
}

/** The condition, and the beginning of the key, are the index's own words. */
const OF_KEY = `SELECT id, entry FROM audit_entries
  WHERE entry ->> '$.signed_hash' IS NOT NULL AND substr(entry ->> '$.public_key', 1, 16) = substr(?, 1, 16)`;

const FORWARDS = `${OF_KEY} AND id > ? ORDER BY id LIMIT ?`;

const BACKWARDS = `${OF_KEY} AND id < ? ORDER BY id DESC LIMIT ?`;

const KINDS: Partial<Record<Action, Facts['kind']>> = { 'sign-message': 'message', 'sign-transaction': 'transaction' };

/** Entries that one read looks at: some two milliseconds. */
const SLICE = 200;

/** Looks at the next `most` entries of a split key behind one, the oldest first. */
export function decisionsAfter(key: SigningKey, entry: number, most: number, statements: Statements): HistorySlice {
  return sliceOf(key, statements.all<EntryRow>(FORWARDS, key.publicKeyHex, entry, most), most);
}

/** The same backwards: those before an entry, the newest first. */
export function decisionsBefore(key: SigningKey, entry: number, most: number, statements: Statements): HistorySlice {
  return sliceOf(key, statements.all<EntryRow>(BACKWARDS, key.publicKeyHex, entry, most), most);
}

/** What was decided on the signatures of a split key. What was decided again has no entry of its own. */
export class SigningHistory {
  constructor(private readonly unitOfWork: SqliteUnitOfWork) {}

  /** The last `most` decisions, approved or not, the newest first; read in slices, between which others have a turn. */
  async newest(key: SigningKey, most: number): Promise<readonly RecordedDecision[]> {
    const found: RecordedDecision[] = [];
    for (let before = Number.MAX_SAFE_INTEGER, isLast = false; found.length < most && !isLast;) {
      const slice = await this.unitOfWork.readAtOnce((statements) => decisionsBefore(key, before, SLICE, statements));
      found.push(...slice.decisions);
      before = slice.seenEntry ?? before;
      ({ isLast } = slice);
      await setImmediate();
    }
    return found.slice(0, most);
  }
}

/** Another key may begin alike, and entries of repeats say of others. */
function sliceOf(key: SigningKey, rows: readonly EntryRow[], most: number): HistorySlice {
  return {
    decisions: rows.flatMap((row) => decisionIn(row, key)),
    seenEntry: rows.at(-1)?.id,
    isLast: rows.length < most,
  };
}

function decisionIn({ id, entry }: EntryRow, { clientId, publicKeyHex }: SigningKey): RecordedDecision[] {
  const said = membersOf(entry);
  // Damaged: it was found by what it said before. Whoever counts must not count around it.
  if (said === undefined) return [{ id, ...LOST }];
  const kind = KINDS[said.action];
  if (kind === undefined || said.public_key !== publicKeyHex || said.client_id !== clientId) return [];
  const { at_ms: atMs, signed_hash: hash, outcome, code } = said;
  return [{ id, atMs, kind, hash, outcome, code, ...factsIn(said.facts, kind, hash) }];
}

const LOST = {
  atMs: 0,
  kind: 'transaction',
  hash: '',
  outcome: 'approved',
  code: undefined,
  facts: 'unreadable',
  policyRevision: undefined,
  refusedBy: undefined,
} as const satisfies Omit<RecordedDecision, 'id'>;

function factsIn(
  said: unknown,
  kind: Facts['kind'],
  hash: string,
): Pick<RecordedDecision, 'facts' | 'policyRevision' | 'refusedBy'> {
  if (said === undefined) return { facts: undefined, policyRevision: undefined, refusedBy: undefined };
  if (!isObject(said)) return { facts: 'unreadable', policyRevision: undefined, refusedBy: undefined };
  const { asked, policy_revision: revision, refused_by: rule } = said;
  return {
    facts: asked === undefined ? undefined : (factsFromRecord(asked, kind, hash) ?? 'unreadable'),
    policyRevision: typeof revision === 'number' ? revision : undefined,
    refusedBy: refusingRule(rule),
  };
}

function refusingRule(recorded: unknown): RecordedDecision['refusedBy'] {
  const { rule, reason } = (recorded ?? {}) as Readonly<Record<string, unknown>>;
  return typeof rule === 'string' && typeof reason === 'string' ? { rule, reason } : undefined;
}

/** `undefined` for what is no JSON object. */
function membersOf(entry: string): SigningMembers | undefined {
  try {
    const value: unknown = JSON.parse(entry);
    return isObject(value) ? (value as unknown as SigningMembers) : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface EntryRow {
  readonly id: number;
  readonly entry: string;
}

/** What an entry says that is about a signature: see `entryText`. */
interface SigningMembers {
  readonly at_ms: number;
  readonly action: Action;
  readonly outcome: Outcome;
  readonly code?: string;
  readonly client_id?: string;
  readonly public_key?: string;
  readonly signed_hash: string;
  readonly facts?: unknown;
}
