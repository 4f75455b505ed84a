/**
 * What the system, SQLite, the network or TLS calls an error: `ENOENT`, `SQLITE_BUSY`; of a `DomainError`, its code.
 * `undefined` for whatever has none. Never throws; not by the error's class, which may come from another realm.
 */
export function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
