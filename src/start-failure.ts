import { StartError } from './errors/start-error.js';

/** Why the service does not start: one clear line where the operator can mend it, else the whole stack. */
export function startFailure(error: unknown): string {
  if (error instanceof StartError) return error.message;
  // Not `instanceof Error`: system errors may come from another realm.
  const { code, message, stack } = error as { code?: unknown; message?: string; stack?: string };
  if (code === 'EADDRINUSE') return 'a port is in use: set PORT, ZVAULT_PORT or ZAUTH_PORT to a free one';
  if (code === 'EACCES') return 'a port may not be opened by this user: set PORT, ZVAULT_PORT or ZAUTH_PORT';
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return 'HOST is no address of this machine';
  if (code === 'DATABASE.BUSY' || (typeof code === 'string' && code.startsWith('SQLITE_BUSY'))) {
    return 'DATABASE is locked by another program, such as a sqlite3 shell or a backup: end that and start again';
  }
  if (typeof code === 'string' && code.startsWith('SQLITE_')) {
    return `DATABASE cannot be used: ${message ?? code} (${code})`;
  }
  return stack ?? message ?? String(error);
}
