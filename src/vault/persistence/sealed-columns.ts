/** Split keys that can be revoked or expired: which of them were so when they were erased, the clock alone knows. */
const DEAD = '(is_revoked <> 0 OR expires_at > 0)';

/** Where ZVault keeps what it has sealed. The row of a sealed place is the table's `id`. */
export const VAULT_SEALED_COLUMNS = [
  { table: 'vault_wallets', column: 'sealed_master_key', version: 1, mayBeErased: 'FALSE', holds: 'master keys' },
  { table: 'vault_wallets', column: 'sealed_mnemonic', version: 1, mayBeErased: 'FALSE', holds: 'mnemonics' },
  { table: 'vault_split_keys', column: 'sealed_user_share', version: 1, mayBeErased: DEAD, holds: 'user shares' },
  { table: 'vault_kept_answers', column: 'sealed_answer', version: 1, mayBeErased: 'FALSE', holds: 'kept answers' },
] as const;
