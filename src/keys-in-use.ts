import { AUTH_KEYS_IN_USE } from './auth/persistence/keys-in-use.js';
import { VAULT_KEYS_IN_USE } from './vault/persistence/keys-in-use.js';

/** A query for the user keys of all split keys that sign, or can again. */
export const KEYS_IN_USE = `${VAULT_KEYS_IN_USE} UNION ${AUTH_KEYS_IN_USE}`;
