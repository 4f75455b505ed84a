import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { UserId } from '../../identity/user-id.js';

/** A wallet whose master key ZVault keeps sealed, as one owner sees it. */
export interface Wallet {
  readonly id: string;
  readonly ownerId: UserId;
  readonly clientId: ClientId;
  /** The wallet's own public key: the sum of the two shares' public keys of each of its split keys. */
  readonly clientKeyHex: PublicKeyHex;
  readonly createdAtMilliseconds: number;
}

/** A deleted wallet that can still be brought back. */
export interface PendingWallet extends Wallet {
  /** When its master key is destroyed. */
  readonly deletesAtSeconds: number;
}

/** A wallet in a list. */
export interface ListedWallet {
  readonly wallet: Wallet;
  /** Since when it is frozen; undefined when it is not. */
  readonly frozenAtSeconds: number | undefined;
}
