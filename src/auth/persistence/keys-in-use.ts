/** The user keys of ZAuth's split keys whose shares have not been erased: what the record says of them is still needed. */
export const AUTH_KEYS_IN_USE = `SELECT user_public_key FROM auth_server_shares WHERE sealed_server_share <> x''`;
