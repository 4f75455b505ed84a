import { Injectable } from '@nestjs/common';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import { managerOf, statementsOf } from '../../database/open-transaction.js';
import { RowGuard } from '../../database/rows/row-guard.js';
import { COVERED_SPLIT_KEYS } from './covered-tables.js';
import type { Transaction } from '../../database/transaction.js';
import type { OwnedSplitKey } from '../../events/domain-events.js';
import type { UserId } from '../../identity/user-id.js';
import { namesOf } from '../domain/split-key.js';
import type { SplitKey } from '../domain/split-key.js';
import { DeclinedShareRow } from './declined-share.entity.js';
import { SplitKeyRow } from './split-key.entity.js';
import { toSplitKey } from './split-key-mapping.js';

/** All of an owner's. */
const EVERYTHING = '';

// Each is one range of an index that has only these.
const LENT_TO = `SELECT count(*) AS n FROM (SELECT 1 FROM vault_split_keys
  WHERE owner_id = ? AND shared_to = ? AND shared_to IS NOT NULL AND is_revoked = 0 LIMIT ?)`;
const LENT = `SELECT count(*) AS n FROM (SELECT 1 FROM vault_split_keys
  WHERE owner_id = ? AND shared_to IS NOT NULL AND is_revoked = 0 LIMIT ?)`;
const DECLINE = 'INSERT INTO vault_declined_shares (recipient_id, owner_id, user_public_key) VALUES (?, ?, ?)';
const HIDDEN_NEXT = `SELECT id, client_id, user_public_key FROM vault_split_keys
  WHERE shared_to = ? AND shared_to IS NOT NULL AND owner_id = ? AND declined_at = 0`;
const IS_HIDDEN = 'SELECT 1 FROM vault_split_keys WHERE id = ? AND declined_at <> 0';
const HIDE = 'UPDATE vault_split_keys SET declined_at = ? WHERE id = ? AND declined_at = 0';

/** Split keys as their recipients see them, and what those have declined. */
@Injectable()
export class LentKeys {
  constructor(private readonly rows: RowGuard) {}

  /** How many live ones an owner has lent, to one recipient or to all; counts no further than `most`. */
  // Async, though SQLite needs no promise: use cases wait for it as for any other read.
  async count(ownerId: UserId, to: UserId | 'anybody', most: number, transaction: Transaction): Promise<number> {
    const statements = statementsOf(transaction);
    const row =
      to === 'anybody'
        ? statements.first<{ n: number }>(LENT, ownerId, most)
        : statements.first<{ n: number }>(LENT_TO, ownerId, to, most);
    return Promise.resolve(row?.n ?? 0);
  }

  /** What is lent to somebody, by client id and either share's key; also what they have declined. */
  async find(
    recipient: UserId,
    clientId: ClientId,
    publicKey: PublicKeyHex,
    transaction: Transaction,
  ): Promise<SplitKey | undefined> {
    const of = { sharedTo: recipient, clientId };
    const row =
      (await managerOf(transaction).findOneBy(SplitKeyRow, { ...of, userPublicKey: publicKey })) ??
      (await managerOf(transaction).findOneBy(SplitKeyRow, { ...of, serverPublicKey: publicKey }));
    return row === null ? undefined : toSplitKey(row);
  }

  /** Whether somebody wants nothing of this owner's, or not this split key. */
  async isDeclined(recipient: UserId, splitKey: SplitKey, transaction: Transaction): Promise<boolean> {
    const by = { recipientId: recipient, ownerId: splitKey.ownerId };
    return managerOf(transaction).existsBy(DeclinedShareRow, [
      { ...by, userPublicKey: EVERYTHING },
      { ...by, userPublicKey: splitKey.userPublicKeyHex },
    ]);
  }

  /**
   * For good: of this split key, or of all of its owner's. Again changes nothing.
   *
   * @returns those that are hidden by it
   */
  async decline(
    recipient: UserId,
    splitKey: SplitKey,
    { what, nowSeconds }: { readonly what: 'this' | 'all'; readonly nowSeconds: number },
    transaction: Transaction,
  ): Promise<readonly OwnedSplitKey[]> {
    const { id, ownerId, userPublicKeyHex } = splitKey;
    const userPublicKey = what === 'all' ? EVERYTHING : userPublicKeyHex;
    const statements = statementsOf(transaction);
    const declined = { recipientId: recipient, ownerId, userPublicKey };
    if (!(await managerOf(transaction).existsBy(DeclinedShareRow, declined))) {
      statements.runOne(DECLINE, recipient, ownerId, userPublicKey);
    }
    if (what === 'this') return (await this.#hide(id, nowSeconds, transaction)) ? [namesOf(splitKey)] : [];
    const hidden = statements.all<HiddenRow>(HIDDEN_NEXT, recipient, ownerId);
    for (const row of hidden) await this.#hide(row.id, nowSeconds, transaction);
    return hidden.map((row) => ({
      ownerId,
      clientId: row.client_id as ClientId,
      userPublicKeyHex: row.user_public_key as PublicKeyHex,
    }));
  }

  /** Whether it was not hidden before. */
  async #hide(id: string, nowSeconds: number, transaction: Transaction): Promise<boolean> {
    const statements = statementsOf(transaction);
    if (statements.first(IS_HIDDEN, id) !== undefined) return false;
    await this.rows.restrict(COVERED_SPLIT_KEYS, [id], transaction, () => {
      statements.runOne(HIDE, nowSeconds, id);
    });
    return true;
  }
}

interface HiddenRow {
  readonly id: string;
  readonly client_id: string;
  readonly user_public_key: string;
}
