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
 * A split key of ZVault's as ZAuth knows it. Not by its id: a server share that was deleted at ZAuth and set up
 * afresh has lost that, and must be restricted and revoked all the same.
 */
interface OwnedSplitKey {
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

/** ZAuth was told to change what a split key of ZVault's may sign. */
export interface ServerShareRestricted {
  readonly type: 'ServerShareRestricted';
  readonly splitKeyId: string;
  readonly restrictions: RestrictionList;
}

/** ZAuth was given another expiry for a split key of ZVault's. */
export interface ServerShareRenewed {
  readonly type: 'ServerShareRenewed';
  readonly splitKeyId: string;
  /** 0 = never */
  readonly expiresAtSeconds: number;
}

/** ZAuth was told to revoke, or to delete, its half of a split key of ZVault's: it signs no more. */
export interface ServerShareRevoked {
  readonly type: 'ServerShareRevoked';
  readonly splitKeyId: string;
}

export type DomainEvent =
  | SplitKeyCreated
  | SplitKeyRestricted
  | SplitKeyRevoked
  | WalletDeleted
  | ServerShareRestricted
  | ServerShareRenewed
  | ServerShareRevoked;

export type DomainEventOf<Type extends DomainEvent['type']> = Extract<DomainEvent, { readonly type: Type }>;
