// Nest's injection tokens for what has no class to name it.

/** The {@link BlsEngine} chosen by `BLS_ENGINE`. */
export const BLS_ENGINE = Symbol('bls engine');
