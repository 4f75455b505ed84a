import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import { DomainError } from '../../errors/domain-error.js';
import type { UserId } from '../../identity/user-id.js';
import type { RestrictionList } from '../../restrictions/restriction-list.js';

/** ZAuth's half of a split key: everything but the sealed server share. */
export interface ServerShare {
  readonly id: string;
  /** The split key of ZVault's that it belongs to; absent when it came through `/setup`. */
  readonly splitKeyId: string | undefined;
  readonly ownerId: UserId;
  readonly clientId: ClientId;
  readonly clientKeyHex: PublicKeyHex;
  readonly userPublicKeyHex: PublicKeyHex;
  readonly serverPublicKeyHex: PublicKeyHex;
  /** The unreliable `public_key` that `/setup` was given: a further name in `GET /key` (wire.md section 5). */
  readonly setupPublicKeyHex: PublicKeyHex | undefined;
  readonly restrictions: RestrictionList;
  readonly isRevoked: boolean;
  readonly createdAtSeconds: number;
  /** 0 = never */
  readonly expiresAtSeconds: number;
  /** 0 = not yet */
  readonly lastUsedAtSeconds: number;
}

/** What decides whether a split key may sign, all of which can change at any time. */
export type Standing = Pick<ServerShare, 'restrictions' | 'isRevoked' | 'expiresAtSeconds'>;

/** What signing needs of a server share, its secret still sealed. */
export interface SigningShare
  extends Standing, Pick<ServerShare, 'id' | 'clientId' | 'clientKeyHex' | 'userPublicKeyHex'> {
  readonly sealed: Uint8Array;
}

/** The one answer for what does not exist and for what is not the caller's. */
export function unknownServerShare(): DomainError {
  return new DomainError('SPLIT_KEY.UNKNOWN', 'unknown split key');
}
