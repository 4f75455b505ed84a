import type { ClientId } from '../crypto/key-names.js';
import type { Statements } from '../database/statements.js';
import type { UserId } from '../identity/user-id.js';
import type { Action } from './action.js';

/** The beginning of the client id is the index's own word. */
const HAS_DONE = `SELECT 1 FROM audit_entries WHERE substr(entry ->> '$.client_id', 1, 16) = substr(?, 1, 16)
  AND entry ->> '$.client_id' = ? AND entry ->> '$.actor_id' = ? AND entry ->> '$.action' = ?
  AND entry ->> '$.outcome' = 'approved' LIMIT 1`;

/** Whether somebody has ever done this with a wallet, as the record tells. Reads all entries of the wallet if not. */
export function hasDone(userId: UserId, action: Action, clientId: ClientId, statements: Statements): boolean {
  return statements.first(HAS_DONE, clientId, clientId, userId, action) !== undefined;
}
