import type { CoveredTable } from '../../database/rows/covered-table.js';

export const COVERED_SHARES: CoveredTable = {
  table: 'auth_server_shares',
  isTold: true,
  key: ['id'],
  covered: [
    'split_key_id',
    'owner_id',
    'client_id',
    'client_key',
    'user_public_key',
    'server_public_key',
    'setup_public_key',
    'terms',
    'revision',
    'lent_to',
    'created_at',
  ],
  leftOut: {
    sealed_server_share: 'is sealed for its row and its owner',
    last_used_at: 'changes with every signature, and allows nothing',
    is_revoked: 'is computed from the terms',
    expires_at: 'is computed from the terms',
  },
};

/** One for each owner and client id that ever had a split key at ZAuth: it must be there. */
export const COVERED_FREEZES: CoveredTable = {
  table: 'auth_freezes',
  isTold: true,
  key: ['owner_id', 'client_id'],
  covered: ['standing', 'since'],
  leftOut: {},
};

/** Those of no split key any more (`share_id` null) count for nobody, and are not looked at. */
export const COVERED_COUNTERS: CoveredTable = {
  table: 'auth_counters',
  key: ['id'],
  covered: ['share_id', 'scope', 'is_counting', 'seen_entry', 'newest_count'],
  leftOut: {},
  only: 'share_id IS NOT NULL',
};

/** Which is the newest says its counter: one that was removed is missed. */
export const COVERED_COUNTS: CoveredTable = {
  table: 'auth_counts',
  key: ['counter', 'at_ms', 'total_count'],
  covered: ['total_value', 'entry'],
  leftOut: {},
  only: 'counter IN (SELECT id FROM auth_counters WHERE share_id IS NOT NULL)',
  isWrittenOnce: true,
};

/** Whose rows decide, at ZAuth. */
export const AUTH_COVERED_TABLES = [COVERED_SHARES, COVERED_FREEZES, COVERED_COUNTERS, COVERED_COUNTS] as const;
