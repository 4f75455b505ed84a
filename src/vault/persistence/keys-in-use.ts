/** The user keys of ZVault's split keys whose shares have not been erased: what the record says of them is still needed. */
export const VAULT_KEYS_IN_USE = `SELECT user_public_key FROM vault_split_keys WHERE sealed_user_share <> x''`;
