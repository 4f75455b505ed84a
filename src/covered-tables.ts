import { RECORD_COVERED_TABLES } from './audit/covered-tables.js';
import { AUTH_COVERED_TABLES } from './auth/persistence/covered-tables.js';
import type { CoveredTable } from './database/rows/covered-table.js';
import { VAULT_COVERED_TABLES } from './vault/persistence/covered-tables.js';

/** Every table whose rows carry a code over what they say. */
export const COVERED_TABLES: readonly CoveredTable[] = [
  ...VAULT_COVERED_TABLES,
  ...AUTH_COVERED_TABLES,
  ...RECORD_COVERED_TABLES,
];
