/** What the log's keys have in the place of a wallet. */
export const LOG_WALLET = 'log';

/** Where the log keeps what it has sealed. The row of a sealed place is the table's `id`. */
export const LOG_SEALED_COLUMN = {
  table: 'audit_log_keys',
  column: 'sealed_key',
  version: 1,
  wallet: `'${LOG_WALLET}'`,
  owner: `''`,
  recipient: `''`,
  erased: 'never',
  holds: 'keys of the log',
} as const;
