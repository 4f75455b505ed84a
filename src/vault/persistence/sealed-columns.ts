/** Where ZVault keeps what it has sealed. The row of a sealed place is the table's `id`. */
export const VAULT_SEALED_COLUMNS = [
  {
    table: 'vault_wallets',
    column: 'sealed_master_key',
    version: 1,
    wallet: 'id',
    erased: 'never',
    holds: 'master keys',
  },
  { table: 'vault_wallets', column: 'sealed_mnemonic', version: 1, wallet: 'id', erased: 'never', holds: 'mnemonics' },
  {
    table: 'vault_split_keys',
    column: 'sealed_user_share',
    version: 1,
    wallet: 'wallet_id',
    erased: 'once dead',
    holds: 'user shares',
  },
  {
    table: 'vault_kept_answers',
    column: 'sealed_answer',
    version: 1,
    wallet: 'wallet_id',
    erased: 'never',
    holds: 'kept answers',
  },
] as const;
