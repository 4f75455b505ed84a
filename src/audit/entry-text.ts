import { randomBytes } from 'node:crypto';
import type { AuditEntry, TxnVerification } from './audit-entry.js';

/** Bytes of an entry at most. The longest of ours, with two lists of every operation there is, has two thirds of it. */
const MOST_BYTES = 8 * 1024;

/**
 * The text of an entry, which is kept and hashed as it is: canonical JSON by RFC 8785 (members in the order of their
 * names, no white space), with what the entry does not say left out, and with 16 random bytes: whoever sees its hash in
 * somebody else's proof cannot find by trying what it says. Throws when the text is longer than 8 KiB.
 *
 * @param atMilliseconds since 1970
 * @param salt as `newSalt` makes it, for this entry alone
 */
export function entryText(
  entry: AuditEntry,
  atMilliseconds: number,
  txnVerification: TxnVerification,
  salt: string,
): string {
  // In the order of the names.
  const text = JSON.stringify({
    action: entry.action,
    actor_id: entry.actor.userId,
    at_ms: atMilliseconds,
    client_id: entry.clientId,
    client_request_id: entry.actor.clientRequestId,
    code: entry.code,
    facts: entry.facts === undefined ? undefined : inOrder(entry.facts),
    outcome: entry.outcome,
    public_key: entry.publicKeyHex,
    request_id: entry.actor.requestId,
    rows: entry.rows,
    salt,
    signed_hash: entry.signedHashHex,
    txn_verification: txnVerification,
  });
  if (Buffer.byteLength(text) > MOST_BYTES) throw new Error('an audit entry is too long');
  return text;
}

/** The random bytes of an entry, as 32 hexadecimal digits. */
export function newSalt(): string {
  return randomBytes(16).toString('hex');
}

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.sort(([one], [other]) => (one < other ? -1 : 1)).map(([k, v]) => [k, inOrder(v)]));
}
