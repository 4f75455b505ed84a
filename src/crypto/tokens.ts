// Injection tokens for what has no class to name it. Plain symbols, so this folder stays free of the framework.

/** The {@link BlsEngine} chosen by `BLS_ENGINE`. */
export const BLS_ENGINE = Symbol('bls engine');

/** A source of random bytes: `(length) => Uint8Array`. */
export const RANDOM_BYTES = Symbol('random bytes');

/** Seals what ZVault keeps: master keys, mnemonics, user shares. */
export const VAULT_SEALER = Symbol('vault sealer');

/** Seals the cursors of lists, which are no secrets of anybody's but nobody's to read. */
export const CURSOR_SEALER = Symbol('cursor sealer');

/** The key that {@link AUTH_SEALER} seals with, for the worker threads that open server shares. */
export const AUTH_DOMAIN_KEY = Symbol('auth domain key');

/** Seals what ZAuth keeps: server shares. */
export const AUTH_SEALER = Symbol('auth sealer');
