import type { ClientId } from '../../crypto/key-names.js';
import type { Statements } from '../../database/statements.js';
import type { UserId } from '../../identity/user-id.js';
import { encodeEntryId } from '../entry-id.js';
import type { Loan } from './loan.js';

/** The beginning of the client id is the index's own word. */
const OF_WALLET = `SELECT id, entry FROM audit_entries
  WHERE substr(entry ->> '$.client_id', 1, 16) = substr(?, 1, 16) AND id < ? ORDER BY id DESC LIMIT ?`;

const NEWEST = 'SELECT max(id) AS newest FROM audit_entries';

/** The condition on the action, and the beginning of the key, are the index's own words. */
const LENT = `SELECT id, entry ->> '$.facts.recipient.before' AS before FROM audit_entries
  WHERE entry ->> '$.action' = 'share-key' AND substr(entry ->> '$.public_key', 1, 16) = substr(?, 1, 16)
    AND entry ->> '$.public_key' = ? AND entry ->> '$.client_id' = ? AND entry ->> '$.actor_id' = ?
    AND entry ->> '$.outcome' = 'approved' AND entry ->> '$.facts.recipient.after' = ?
    AND entry ->> '$.facts.recipient.before' IS NOT ?
  ORDER BY id DESC LIMIT 1`;

/** An entry as far as it says who may read it, and what it is asked for by. */
export interface WalletEntry {
  /** Of the row. */
  readonly id: number;
  /** Its text, as it is hashed. */
  readonly text: string;
  /** As its owner can ask for it: see `encodeEntryId`. */
  readonly entryId: string;
  readonly action: string;
  readonly outcome: string;
  readonly actorId: string | undefined;
  readonly publicKey: string | undefined;
  /** For whom the service did it. */
  readonly ownerId: string | undefined;
}

/** A few rows of a wallet. */
export interface WalletSlice {
  readonly entries: readonly WalletEntry[];
  /** The row that was looked at last; `undefined` when there was none. */
  readonly seen: number | undefined;
  readonly isLast: boolean;
}

/** The next `most` rows of a wallet before one, the newest first; what is damaged or of another is left out of them. */
export function entriesBefore(id: number, clientId: ClientId, most: number, statements: Statements): WalletSlice {
  const rows = statements.all<Row>(OF_WALLET, clientId, id, most);
  return {
    entries: rows.flatMap((row) => entryIn(row, clientId)),
    seen: rows.at(-1)?.id,
    isLast: rows.length < most,
  };
}

/** The row of the newest entry of all; 0 when there is none. */
export function newestEntry(statements: Statements): number {
  return statements.first<{ newest: number | null }>(NEWEST)?.newest ?? 0;
}

/**
 * The first entry that a borrower may read: the one that lends the split key to them, for the last time that it was lent;
 * the next one when it names who had it before. Times would not do: in one second it may have been made, lent to somebody
 * else, and lent to them.
 *
 * @returns `undefined` when no entry says so, as those of the first releases
 */
export function loanBegins(
  { publicKeyHex, ownerId, clientId, recipient }: Loan & { readonly clientId: ClientId; readonly recipient: UserId },
  statements: Statements,
): number | undefined {
  const whose = [publicKeyHex, publicKeyHex, clientId, ownerId, recipient, recipient];
  const lent = statements.first<LentRow>(LENT, ...whose);
  if (lent === undefined) return undefined;
  return lent.before === null ? lent.id : lent.id + 1;
}

/** Another wallet may begin alike. */
function entryIn({ id, entry: text }: Row, clientId: ClientId): WalletEntry[] {
  const said = membersOf(text);
  if (said?.client_id !== clientId) return [];
  try {
    return [
      {
        id,
        text,
        entryId: encodeEntryId({ id, salt: said.salt }),
        action: said.action,
        outcome: said.outcome,
        actorId: said.actor_id,
        publicKey: said.public_key,
        ownerId: said.facts?.owner,
      },
    ];
  } catch (error) {
    // Damaged. What has become of it the tree tells, to whoever looks at all of the record.
    if (error instanceof RangeError) return [];
    throw error;
  }
}

/** `undefined` for what is no JSON. */
function membersOf(text: string): Members | undefined {
  try {
    return JSON.parse(text) as Members | undefined;
  } catch {
    return undefined;
  }
}

interface Row {
  readonly id: number;
  readonly entry: string;
}

interface LentRow {
  readonly id: number;
  readonly before: string | null;
}

/** What an entry says of itself: see `entryText`. */
interface Members {
  readonly action: string;
  readonly outcome: string;
  readonly actor_id?: string;
  readonly client_id?: string;
  readonly public_key?: string;
  readonly salt: string;
  readonly facts?: { readonly owner?: string };
}
