/** Split keys that can be revoked or expired: which of them were so when they were erased, the clock alone knows. */
const DEAD = '(is_revoked <> 0 OR expires_at > 0)';

/** Where ZAuth keeps what it has sealed. The row of a sealed place is the table's `id`. */
export const AUTH_SEALED_COLUMNS = [
  { table: 'auth_server_shares', column: 'sealed_server_share', version: 1, mayBeErased: DEAD, holds: 'server shares' },
] as const;
