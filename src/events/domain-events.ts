import type { ClientId, PublicKeyHex } from '../crypto/key-names.js';
import type { SecretBytes } from '../crypto/secret-bytes.js';
import type { UserId } from '../identity/user-id.js';
import type { Policy } from '../restrictions/policy/policy.js';
import type { TermsChange } from '../restrictions/terms/terms.js';

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
  readonly policy: Policy;
  readonly createdAtSeconds: number;
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

/** ZVault was told to change the terms of a split key. */
export interface SplitKeyTermsChanged extends OwnedSplitKey {
  readonly type: 'SplitKeyTermsChanged';
  readonly change: TermsChange;
}

/**
 * Who may use a split key beside its owner from now on, and so may know what it may sign; `undefined` when nobody may. Told
 * whenever it changes, and when ZAuth is handed a server share that it does not have.
 */
export interface SplitKeyLent extends OwnedSplitKey {
  readonly type: 'SplitKeyLent';
  readonly recipient: UserId | undefined;
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
  readonly policy: Policy;
}

/**
 * ZAuth was told to change the terms of a split key, or to delete its half, with which it signs no more; ZVault may have
 * made it, or not.
 */
export interface ServerShareTermsChanged extends OwnedSplitKey {
  readonly type: 'ServerShareTermsChanged';
  readonly change: TermsChange;
}

/** ZAuth has overwritten the server share of a split key that had expired long ago. */
export interface ServerShareErased extends OwnedSplitKey {
  readonly type: 'ServerShareErased';
}

export type DomainEvent =
  | SplitKeyCreated
  | SplitKeyTermsChanged
  | SplitKeyLent
  | WalletDeleted
  | ServerShareOffered
  | ServerShareTermsChanged
  | ServerShareErased;

export type DomainEventOf<Type extends DomainEvent['type']> = Extract<DomainEvent, { readonly type: Type }>;
