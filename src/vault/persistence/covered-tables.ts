import type { CoveredTable } from '../../database/rows/covered-table.js';

const SEALED = 'is sealed for its row and its owner';

export const COVERED_WALLETS: CoveredTable = {
  table: 'vault_wallets',
  isTold: true,
  key: ['id'],
  covered: ['owner_id', 'client_id', 'client_key', 'created_at_ms', 'deletes_at'],
  leftOut: { sealed_master_key: SEALED, sealed_mnemonic: SEALED },
};

export const COVERED_SPLIT_KEYS: CoveredTable = {
  table: 'vault_split_keys',
  isTold: true,
  key: ['id'],
  covered: [
    'wallet_id',
    'position',
    'owner_id',
    'client_id',
    'client_key',
    'user_public_key',
    'server_public_key',
    'terms',
    'shared_to',
    'shared_at',
    'declined_at',
    'created_at',
  ],
  leftOut: {
    sealed_user_share: 'is sealed for its row, its owner and its recipient',
    is_revoked: 'is computed from the terms',
    expires_at: 'is computed from the terms',
  },
};

/** Whose rows decide, at ZVault. */
export const VAULT_COVERED_TABLES = [COVERED_WALLETS, COVERED_SPLIT_KEYS] as const;
