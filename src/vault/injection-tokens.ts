// Nest's injection tokens of ZVault's own, for what has no class to name it. ZAuth may not import them.

/** Seals what ZVault keeps: master keys, mnemonics, user shares. */
export const VAULT_SEALER = Symbol('vault sealer');

/** How long a split key lives of which nothing else is said, in seconds; 0 is for ever. */
export const KEY_TTL_SECONDS = Symbol('key ttl seconds');

/** Hashes requests that may be repeated, whose bodies hold secrets. */
export const REQUEST_HASH_KEY = Symbol('request hash key');

/** Seals the cursors of lists, which are no secrets of anybody's but nobody's to read. */
export const CURSOR_SEALER = Symbol('cursor sealer');

/** The {@link Quotas}. */
export const QUOTAS = Symbol('quotas');

/** How many live split keys an owner may have lent, to one user and in all; 0 is any number. */
export interface ShareLimits {
  readonly toOneRecipient: number;
  readonly bySender: number;
}

/** The {@link ShareLimits}. */
export const SHARE_LIMITS = Symbol('share limits');

/** Whether transactions are checked or the client's hash is believed: `TXN_VERIFICATION`. */
export const TXN_VERIFICATION = Symbol('txn verification');
