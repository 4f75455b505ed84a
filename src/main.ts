import { ConfigurationError } from './config/configuration-error.js';
import { loadConfiguration } from './config/load-configuration.js';
import { startWarnings } from './config/start-warnings.js';
import { WrongSealingKeyError } from './database/sealing-key-check.js';
import { startServer } from './server.js';
import { greeting } from './greeting.js';

try {
  const configuration = loadConfiguration();
  for (const warning of startWarnings(configuration)) process.stderr.write(`warning: ${warning}\n`);
  const server = await startServer(configuration);
  process.stdout.write(greeting(server, configuration));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void server.close().then(() => process.exit(0));
    });
  }
} catch (error) {
  process.stderr.write(`cannot start: ${reasonOf(error)}\n`);
  process.exit(1);
}

/** One clear line where the operator can mend it; everything else with its stack. */
function reasonOf(error: unknown): string {
  if (error instanceof ConfigurationError || error instanceof WrongSealingKeyError) return error.message;
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') return 'a port is in use; set PORT, ZVAULT_PORT or ZAUTH_PORT';
  if ('code' in error && error.code === 'EACCES') return 'a port may not be opened by this user; set PORT';
  return error.stack ?? error.message;
}
