/** Where ZVault keeps what it has sealed. The row of a sealed place is the table's `id`. */
export const VAULT_SEALED_COLUMNS = [
  { table: 'vault_wallets', column: 'sealed_master_key', version: 1, holds: 'master keys' },
  { table: 'vault_wallets', column: 'sealed_mnemonic', version: 1, holds: 'mnemonics' },
  { table: 'vault_split_keys', column: 'sealed_user_share', version: 1, holds: 'user shares' },
] as const;
