import type { ClientId } from '../crypto/key-names.js';
import { statementsOf } from '../database/open-transaction.js';
import type { Transaction } from '../database/transaction.js';
import { orUnrecorded } from '../errors/unrecorded.js';

/** The beginning of the client id is the index's own word. Listing the split keys of a wallet is answered for any name. */
const IS_KNOWN = `SELECT 1 FROM (
    SELECT entry FROM audit_entries WHERE substr(entry ->> '$.client_id', 1, 16) = substr(?, 1, 16) ORDER BY id LIMIT 100)
  WHERE entry ->> '$.client_id' = ? AND entry ->> '$.outcome' = 'approved' AND entry ->> '$.action' <> 'list-keys'
  LIMIT 1`;

/**
 * The client id, where the record tells of something done with that wallet; `undefined` otherwise. A client id is 64
 * hexadecimal digits, as a private key is: what somebody has pasted into a path in its place must not get into a record
 * that nobody can take it out of again. Of an unknown wallet an entry says who asked for what, and no name.
 *
 * Among the first 100 entries of that beginning: nothing is named there before it was known. Throws `AUDIT.UNAVAILABLE` where
 * the record cannot be read.
 */
export function knownClientId(clientId: ClientId | undefined, transaction: Transaction): ClientId | undefined {
  if (clientId === undefined) return undefined;
  const found = orUnrecorded(() => statementsOf(transaction).first(IS_KNOWN, clientId, clientId));
  return found === undefined ? undefined : clientId;
}
