/** Where the log keeps what it has sealed. The row of a sealed place is the table's `id`. */
export const LOG_SEALED_COLUMN = {
  table: 'audit_log_keys',
  column: 'sealed_key',
  version: 1,
  erased: 'never',
  holds: 'keys of the log',
} as const;
