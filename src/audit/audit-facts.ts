import type { ErrorCode } from '../errors/error-catalogue.js';
import type { RecordedFacts } from '../restrictions/facts/recorded-facts.js';
import type { Action } from './action.js';
import type { Outcome } from './outcome.js';
import type { ShownKeys } from './shown-keys.js';

/** What something was before, and what it is now. */
export interface Change<Value> {
  readonly before: Value;
  readonly after: Value;
}

/** The operations of a policy in the record, by the names by which they were given; null for all. */
export type RecordedList = readonly string[] | null;

/**
 * Which entries the database has not any more: how many, none behind `up_to`, and `rangesHash` of them all, whenever they
 * were archived.
 */
export interface Archived {
  readonly up_to: number;
  readonly entries: number;
  readonly hash: string;
}

/** How often something was decided again as it had been, between two times in milliseconds since 1970. */
export interface Repeats {
  readonly action: Action;
  readonly outcome: Outcome;
  /** Why not; absent for approvals. */
  readonly code?: ErrorCode;
  readonly times: number;
  readonly first_at_ms: number;
  readonly last_at_ms: number;
}

/**
 * What an entry says beside its subject, for an auditor who asks who got what (docs/record.md). Public data only. All
 * words that can be in it stand here, as all actions stand in `action.ts`.
 */
export interface AuditFacts {
  /** Whose wallet or split key it is, where nobody asked: the service did it by itself. */
  readonly owner?: string;
  /** The id of the key that an operator has added, made the current one or retired, or new data keys are wrapped by. */
  readonly key_encryption_key?: string;
  /** When a deleted wallet's master key is destroyed, in seconds since 1970. */
  readonly deletes_at?: number;
  /** To whom a split key is lent; null = to nobody. */
  readonly recipient?: Change<string | null>;
  /** What a split key may sign. A new one has no `before`. */
  readonly restrictions?: Change<RecordedList> | Pick<Change<RecordedList>, 'after'>;
  /** Whether a recipient declined this split key, or all of its owner's. */
  readonly declined?: 'this' | 'all';
  /** Of which split keys the answer shows the user shares to the entry's actor. */
  readonly shown?: ShownKeys | undefined;
  /** Whether a split key is revoked. */
  readonly is_revoked?: Change<boolean>;
  /** Whether a wallet is frozen. */
  readonly is_frozen?: Change<boolean>;
  /** When a split key ends, in seconds since 1970; 0 = never. A new one has no `before`. */
  readonly expires_at?: Change<number> | Pick<Change<number>, 'after'>;
  /** Whether the call only had the answer of an earlier one again. */
  readonly repeated?: true;
  /** Of which decision on a signature how many repeats an entry tells; they had none of their own. */
  readonly repeats?: Repeats;
  /** What was asked to be signed, in entries of decisions on signatures: see `recordedFacts`. */
  readonly asked?: RecordedFacts;
  /** The hash of a split key's policy, 64 lower-case hex digits; null = it could not be read, or there was none. */
  readonly policy?: Change<string | null>;
  /** By which revision of the split key's policy it was decided, or which was written or shown. */
  readonly policy_revision?: number;
  /** The hash of that policy, in entries of decisions on signatures; absent where it could not be read. */
  readonly policy_hash?: string;
  /** Which rule of it said no, the first of them, and why. */
  readonly refused_by?: { readonly rule: string; readonly reason: string };
  /** What time the service believes, in milliseconds since 1970: the operator's `accept-time`. */
  readonly believed_time_ms?: Change<number>;
  /** Under which name the log goes: the operator's `accept-rollback`. */
  readonly log?: Change<string>;
  /**
   * The checkpoint that the database had been older than: how many entries there were, and their root in base64, which
   * whoever heard of it from a witness does not know.
   */
  readonly lost_head?: { readonly origin: string; readonly size: number; readonly root?: string };
  /** Of which row something was altered behind the back of the service: its table, and its key. */
  readonly altered?: { readonly table: string; readonly row: string };
  /** What a backup holds: how many entries of the record, their newest checkpoint as `SIZE:ROOT`, and its size. */
  readonly backup?: { readonly entries: number; readonly checkpoint: string | null; readonly bytes: number };
  /** What was archived: the operator's `kms audit archive`. */
  readonly archived?: Archived;
}

/** The operations of a policy as the record has them. */
export function recordedOperations(policy: {
  readonly operations?: { readonly names: readonly string[] };
}): RecordedList {
  return policy.operations?.names ?? null;
}
