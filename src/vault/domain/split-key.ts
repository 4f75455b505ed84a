import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { SecretBytes } from '../../crypto/secret-bytes.js';
import { DomainError } from '../../errors/domain-error.js';
import type { OwnedSplitKey } from '../../events/domain-events.js';
import type { UserId } from '../../identity/user-id.js';
import type { Policy } from '../../restrictions/policy/policy.js';

/**
 * ZVault's half of a split key: everything but the sealed user share and what it may sign. That stands in a text which can
 * be damaged, and whoever revokes, deletes or lists must not depend on it.
 */
export interface SplitKey {
  readonly id: string;
  readonly walletId: string;
  readonly ownerId: UserId;
  readonly clientId: ClientId;
  readonly clientKeyHex: PublicKeyHex;
  readonly userPublicKeyHex: PublicKeyHex;
  readonly serverPublicKeyHex: PublicKeyHex;
  readonly sharedTo: UserId | undefined;
  /** When it was lent to them; 0 = it is not. */
  readonly sharedAtSeconds: number;
  /** When they declined it; 0 = they have not. */
  readonly declinedAtSeconds: number;
  readonly isRevoked: boolean;
  readonly createdAtSeconds: number;
  /** 0 = never */
  readonly expiresAtSeconds: number;
}

/** A split key as it is made. */
export interface NewSplitKey extends SplitKey {
  readonly policy: Policy;
}

/** A split key with its user share, which the reader wipes after use. */
export interface SplitKeyWithShare {
  readonly splitKey: SplitKey;
  readonly userShare: SecretBytes;
}

/** A split key in a list. Its user share stays sealed until somebody asks for it, and is then theirs to wipe. */
export interface ListedSplitKey {
  readonly splitKey: SplitKey;
  /** Since when its wallet is frozen; undefined when it is not. */
  readonly frozenAtSeconds: number | undefined;
  /**
   * `undefined` when there is none to hand out: the key is revoked or expired, or the row is damaged.
   */
  readonly openUserShare: () => SecretBytes | undefined;
}

/** By what ZAuth knows it. */
export function namesOf({ ownerId, clientId, userPublicKeyHex }: OwnedSplitKey): OwnedSplitKey {
  return { ownerId, clientId, userPublicKeyHex };
}

/** Who may use it beside its owner; `undefined` when nobody does, or its recipient has declined it. */
export function recipientOf({ sharedTo, declinedAtSeconds }: SplitKey): UserId | undefined {
  return declinedAtSeconds === 0 ? sharedTo : undefined;
}

/** Whether the split key has expired at `nowSeconds`: from its last second on it signs no more; 0 is never. */
export function hasExpired(splitKey: Pick<SplitKey, 'expiresAtSeconds'>, nowSeconds: number): boolean {
  return splitKey.expiresAtSeconds !== 0 && splitKey.expiresAtSeconds <= nowSeconds;
}

/** Whether nothing can be signed with the split key any more. A dead key's user share is handed out to nobody. */
export function isDead(splitKey: Pick<SplitKey, 'isRevoked' | 'expiresAtSeconds'>, nowSeconds: number): boolean {
  return splitKey.isRevoked || hasExpired(splitKey, nowSeconds);
}

/** Throws unless the split key may still be handed to somebody. */
export function assertUsable(splitKey: SplitKey, nowSeconds: number): void {
  if (splitKey.isRevoked) throw new DomainError('SPLIT_KEY.REVOKED', 'the split key has been revoked');
  if (hasExpired(splitKey, nowSeconds)) throw new DomainError('SPLIT_KEY.EXPIRED', 'the split key has expired');
}
