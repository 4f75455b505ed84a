/** One range of an index that has only these. */
export const FIND_UNERASED = `
  SELECT id, owner_id, client_id, user_public_key FROM auth_server_shares
   WHERE expires_at > 0 AND sealed_server_share <> x'' AND expires_at <= ?
   ORDER BY expires_at LIMIT ?`;

/** By the index of these alone; only as many are counted as matter. */
export const COUNT_LIVE = `
  SELECT count(*) AS keys FROM (
    SELECT 1 FROM auth_server_shares
     WHERE owner_id = ? AND client_id = ? AND is_revoked = 0 AND (expires_at = 0 OR expires_at > ?) LIMIT ?)`;

const LATEST = 'ORDER BY last_used_at DESC, created_at DESC, id LIMIT 1';

/** Each by an index that has the key: `+` keeps SQLite from going through all that the owner has of the wallet. */
export const FIND_OWNED = {
  userPublicKeyHex: `
    SELECT id FROM auth_server_shares WHERE client_id = ? AND user_public_key = ? AND +owner_id = ? ${LATEST}`,
  serverPublicKeyHex: `
    SELECT id FROM auth_server_shares WHERE client_id = ? AND server_public_key = ? AND +owner_id = ? ${LATEST}`,
  setupPublicKeyHex: `
    SELECT id FROM auth_server_shares WHERE +client_id = ? AND setup_public_key = ? AND owner_id = ? ${LATEST}`,
} as const;

/** Each by an index that has the key, of which there is hardly more than one. */
export const FIND_LENT = {
  userPublicKeyHex: 'SELECT id FROM auth_server_shares WHERE client_id = ? AND user_public_key = ? AND lent_to = ?',
  serverPublicKeyHex: `
    SELECT id FROM auth_server_shares WHERE client_id = ? AND server_public_key = ? AND lent_to = ? ${LATEST}`,
} as const;
