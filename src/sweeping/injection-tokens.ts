// Nest's injection token of what both halves sweep by, for what has no class to name it.

/** For how long what was deleted or has expired can be brought back, in seconds; 0 is not at all. */
export const DELETION_GRACE_SECONDS = Symbol('deletion grace seconds');
