import { hash } from 'node:crypto';
import type { ClientId, PublicKeyHex } from '../crypto/key-names.js';
import type { Action } from './action.js';
import type { AuditEntry, AuditSubject } from './audit-entry.js';

/** What a decision on a signature is about, once the partial signature has verified. */
export interface SigningSubject extends AuditSubject {
  readonly clientId: ClientId;
  /** The split key's user public key. */
  readonly publicKeyHex: PublicKeyHex;
  readonly signedHashHex: string;
}

/** An entry of a decision on a signature. */
export type SigningEntry = AuditEntry & SigningSubject;

/**
 * What makes two decisions the same, as 32 bytes: split key, kind of signature, what was to be signed, and what became of
 * it. Not who asked, or when: whoever has overheard a request can send it from anywhere.
 *
 * SHA-256, since whoever holds a split key chooses the hashes: two that gave one digest would be one entry.
 *
 * @param code why not; absent for an approval
 */
export function decisionDigest(subject: SigningSubject, action: Action, code?: string): Buffer {
  const { clientId, publicKeyHex, signedHashHex } = subject;
  // No part has a space.
  const text = `${action} ${code ?? 'approved'} ${clientId} ${publicKeyHex} ${signedHashHex}`;
  return hash('sha256', text, 'buffer');
}
