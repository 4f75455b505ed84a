import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { OwnedSplitKey } from '../../events/domain-events.js';
import type { UserId } from '../../identity/user-id.js';
import type { Policy } from '../../restrictions/policy/policy.js';
import type { Terms } from '../../restrictions/terms/terms.js';

/**
 * ZAuth's half of a split key: everything but the sealed server share and what it may sign. That stands in a text which
 * can be damaged, and whoever revokes or deletes must not depend on it.
 */
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
  readonly isRevoked: boolean;
  readonly createdAtSeconds: number;
  /** 0 = never */
  readonly expiresAtSeconds: number;
  /** 0 = not yet */
  readonly lastUsedAtSeconds: number;
  /** Which of its policies is in force: 1, 2, 3 … */
  readonly revision: number;
}

/** A server share as it is handed over: live, and not used yet. */
export interface NewServerShare extends Omit<
  ServerShare,
  'isRevoked' | 'expiresAtSeconds' | 'lastUsedAtSeconds' | 'revision'
> {
  readonly policy: Policy;
}

/** What decides whether a split key may sign, all of which can change at any time. */
export interface Standing extends Terms {
  readonly revision: number;
  /** Whether its owner has frozen the wallet: of no split key alone, and for as long as they like. */
  readonly isFrozen: boolean;
  /** Whether somebody wrote into what says so behind the back of the service: then it says nothing. */
  readonly isAltered: boolean;
}

/** What signing needs of a server share, its secret still sealed. */
export interface SigningShare
  extends Standing, Pick<ServerShare, 'id' | 'ownerId' | 'clientId' | 'clientKeyHex' | 'userPublicKeyHex'> {
  /** Empty when it has been overwritten. */
  readonly sealed: Uint8Array;
}

/** By what ZVault knows it, if it made it. */
export function namesOf({ ownerId, clientId, userPublicKeyHex }: OwnedSplitKey): OwnedSplitKey {
  return { ownerId, clientId, userPublicKeyHex };
}
