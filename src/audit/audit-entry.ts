import type { ClientId, PublicKeyHex } from '../crypto/key-names.js';
import type { ErrorCode } from '../errors/error-catalogue.js';
import type { Actor } from '../identity/actor.js';
import type { Action } from './action.js';
import type { AuditFacts } from './audit-facts.js';
import type { Outcome } from './outcome.js';

/** Whether transactions were checked (`strict`) or the client's hash believed (`trust-hash`). */
export type TxnVerification = 'strict' | 'trust-hash';

/** What one decision was about. Public data only. */
export interface AuditSubject {
  readonly clientId?: ClientId | undefined;
  /** The split key's user public key, or whatever key the caller named. */
  readonly publicKeyHex?: PublicKeyHex | undefined;
  /** What was, or was not, signed, whole: a transaction's hash, or a message's 1 to 1,024 bytes; lower-case hex. */
  readonly signedHashHex?: string | undefined;
  /** What else is to be known of it: who got what, and what it was before. */
  readonly facts?: AuditFacts | undefined;
}

/** One line of the record, an audit entry. */
export interface AuditEntry extends AuditSubject {
  readonly actor: Actor;
  readonly action: Action;
  readonly outcome: Outcome;
  /** Why not, for denied and failed. */
  readonly code?: ErrorCode;
  /** What was done to rows that decide, each as `RowChange.said`. */
  readonly rows?: readonly string[];
}
