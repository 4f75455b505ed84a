// Nest's injection tokens of ZAuth's own, for what has no class to name it. ZVault may not import them.

/** Seals what ZAuth keeps: server shares. */
export const AUTH_SEALER = Symbol('auth sealer');

/** The ring that {@link AUTH_SEALER} seals with, for the worker threads that open server shares. */
export const AUTH_KEY_RING = Symbol('auth key ring');

/** Whether transactions are checked or the client's hash is believed: `TXN_VERIFICATION`. */
export const TXN_VERIFICATION = Symbol('txn verification');

/** How many seconds ahead of now a transaction's creation date may be; 0 is as far as it likes. */
export const CREATION_SKEW_SECONDS = Symbol('creation skew seconds');

/** The {@link SigningConfiguration}. */
export const SIGNING_CONFIGURATION = Symbol('signing configuration');

/** How many live split keys a user may have of one wallet; 0 is as many as they like. */
export const MOST_SPLIT_KEYS = Symbol('most split keys');
