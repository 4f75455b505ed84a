import type { KmsConfiguration } from '../config/configuration.js';
import { StartError } from '../errors/start-error.js';
import { installationFailure } from './installation-failure.js';
import { listenFailure } from './listen-failure.js';

/** Why the service does not start: one clear line where the operator can mend it, else the whole stack. */
export function startFailure(error: unknown, configuration?: KmsConfiguration): string {
  if (error instanceof StartError) return error.message;
  // Not `instanceof Error`: system errors may come from another realm.
  const failure = error as { code?: unknown; message?: string; stack?: string };
  const { code, message, stack } = failure;
  const ofListener = listenFailure(failure, configuration);
  if (ofListener !== undefined) return ofListener;
  if (code === 'DATABASE.BUSY' || (typeof code === 'string' && code.startsWith('SQLITE_BUSY'))) {
    return 'DATABASE is locked by another program, such as a sqlite3 shell or a backup: end that and start again';
  }
  const ofInstallation = installationFailure(code, message ?? '');
  if (ofInstallation !== undefined) return ofInstallation;
  if (code === 'EMFILE' || code === 'ENFILE') {
    return `this process may not open enough files (${code}): raise its limit (ulimit -n, LimitNOFILE, --ulimit nofile)`;
  }
  if (typeof code === 'string' && code.startsWith('SQLITE_')) {
    return `DATABASE cannot be used: ${message ?? code} (${code})`;
  }
  return stack ?? message ?? String(error);
}
