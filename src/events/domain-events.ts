import type { ClientId, PublicKeyHex } from '../crypto/key-names.js';
import type { SecretBytes } from '../crypto/secret-bytes.js';
import type { UserId } from '../identity/user-id.js';
import type { RestrictionList } from '../restrictions/restriction-list.js';

/** ZVault split a master key: the server share goes to ZAuth, which seals it in the same transaction. */
export interface SplitKeyCreated {
  readonly type: 'SplitKeyCreated';
  readonly splitKeyId: string;
  readonly ownerId: UserId;
  readonly clientId: ClientId;
  readonly clientKeyHex: PublicKeyHex;
  readonly userPublicKeyHex: PublicKeyHex;
  readonly serverPublicKeyHex: PublicKeyHex;
  readonly serverShare: SecretBytes;
  readonly restrictions: RestrictionList;
  readonly createdAtSeconds: number;
  /** 0 = never */
  readonly expiresAtSeconds: number;
}

/**
 * A split key as both halves know it. Not by an id of one of them: a server share that was deleted at ZAuth and set up
 * afresh has lost that of ZVault's half, and must be restricted and revoked all the same.
 */
export interface OwnedSplitKey {
  readonly ownerId: UserId;
  readonly clientId: ClientId;
  readonly userPublicKeyHex: PublicKeyHex;
}

/** ZVault changed what a split key may sign. */
export interface SplitKeyRestricted extends OwnedSplitKey {
  readonly type: 'SplitKeyRestricted';
  readonly restrictions: RestrictionList;
}

/** ZVault revoked a split key. */
export interface SplitKeyRevoked extends OwnedSplitKey {
  readonly type: 'SplitKeyRevoked';
}

/** ZVault deleted a wallet with all its split keys. */
export interface WalletDeleted {
  readonly type: 'WalletDeleted';
  readonly ownerId: UserId;
  readonly clientId: ClientId;
}

/**
 * ZAuth is handed a server share that it does not have, and what it may sign. Whoever hears of it may throw: then it is
 * not kept.
 */
export interface ServerShareOffered extends OwnedSplitKey {
  readonly type: 'ServerShareOffered';
  readonly restrictions: RestrictionList;
  /** 0 = never */
  readonly expiresAtSeconds: number;
}

/** ZAuth was told to change what a split key may sign; ZVault may have made it, or not. */
export interface ServerShareRestricted extends OwnedSplitKey {
  readonly type: 'ServerShareRestricted';
  readonly restrictions: RestrictionList;
}

/** ZAuth was given another expiry for a split key. */
export interface ServerShareRenewed extends OwnedSplitKey {
  readonly type: 'ServerShareRenewed';
  /** 0 = never */
  readonly expiresAtSeconds: number;
}

/** ZAuth was told to revoke, or to delete, its half of a split key: it signs no more. */
export interface ServerShareRevoked extends OwnedSplitKey {
  readonly type: 'ServerShareRevoked';
}

/** ZAuth has overwritten the server share of a split key that had expired long ago. */
export interface ServerShareErased extends OwnedSplitKey {
  readonly type: 'ServerShareErased';
}

export type DomainEvent =
  | SplitKeyCreated
  | SplitKeyRestricted
  | SplitKeyRevoked
  | WalletDeleted
  | ServerShareOffered
  | ServerShareRestricted
  | ServerShareRenewed
  | ServerShareRevoked
  | ServerShareErased;

export type DomainEventOf<Type extends DomainEvent['type']> = Extract<DomainEvent, { readonly type: Type }>;
