import { LOG_SEALED_COLUMN } from './audit/log/sealed-column.js';
import { AUTH_SEALED_COLUMNS } from './auth/persistence/sealed-columns.js';
import { VAULT_SEALED_COLUMNS } from './vault/persistence/sealed-columns.js';

export interface SealedColumn {
  readonly domain: 'vault' | 'auth' | 'audit';
  readonly table: string;
  readonly column: string;
  readonly version: number;
  /** SQL: what names the wallet of a row in `SealedPlace`. */
  readonly wallet: string;
  /** SQL: whose the value of a row is, and to whom it is lent, in `SealedPlace`; as text, empty for nobody. */
  readonly owner: string;
  readonly recipient: string;
  /** When it is overwritten with nothing: a split key's share, when the key has been revoked or has long expired. */
  readonly erased: 'never' | 'once dead';
  /** In the plural, for a human. */
  readonly holds: string;
}

/** Every column that holds something sealed: what a restored database must be able to open. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  ...VAULT_SEALED_COLUMNS.map((column) => ({ domain: 'vault' as const, ...column })),
  ...AUTH_SEALED_COLUMNS.map((column) => ({ domain: 'auth' as const, ...column })),
  { domain: 'audit', ...LOG_SEALED_COLUMN },
];
