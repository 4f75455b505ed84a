import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { Statements } from '../../database/statements.js';
import type { UserId } from '../../identity/user-id.js';
import type { Loan } from './loan.js';
import { Readership } from './readership.js';

/** A split key by its wallet and user key. */
export interface KeyOfWallet {
  readonly clientId: ClientId;
  readonly publicKeyHex: PublicKeyHex;
}

/**
 * What one half knows of whose is what, for whoever reads the record. A client id alone names nobody: two users may have
 * stored the same key, and anybody can set up a split key of their own for a client key that they have seen.
 */
export interface RecordReader {
  /** Whether somebody has something of this wallet, or had it. */
  has(userId: UserId, clientId: ClientId, statements: Statements): boolean;
  /** Whether this split key is or was theirs. */
  owns(userId: UserId, key: KeyOfWallet, statements: Statements): boolean;
  /** Of this wallet, what is lent to them now and they have not declined. */
  borrowed(userId: UserId, clientId: ClientId, statements: Statements): readonly Loan[];
}

/** Who may read what of the record: each half adds what it knows. */
export class RecordReaders {
  readonly #readers: RecordReader[] = [];

  /** To be called before the server listens. */
  add(reader: RecordReader): void {
    this.#readers.push(reader);
  }

  /** What somebody may read of a wallet; `undefined` when it is nothing to them. */
  of(userId: UserId, clientId: ClientId, statements: Statements): Readership | undefined {
    const isOwner = this.#readers.some((reader) => reader.has(userId, clientId, statements));
    const loans = this.#readers.flatMap((reader) => reader.borrowed(userId, clientId, statements));
    if (!isOwner && loans.length === 0) return undefined;
    const owns = (publicKeyHex: PublicKeyHex, within: Statements): boolean =>
      isOwner && this.#readers.some((reader) => reader.owns(userId, { clientId, publicKeyHex }, within));
    return new Readership({ userId, clientId, isOwner }, owns, loans);
  }
}
