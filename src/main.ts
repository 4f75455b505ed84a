import { loadConfiguration } from './config/load-configuration.js';
import { startWarnings } from './config/start-warnings.js';
import { greeting } from './greeting.js';
import { startServer } from './server.js';
import { startFailure } from './start-failure.js';

try {
  const configuration = loadConfiguration();
  const server = await startServer(configuration);
  for (const warning of startWarnings(configuration)) process.stderr.write(`warning: ${warning}\n`);
  process.stdout.write(greeting(server, configuration));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void server.close().then(() => process.exit(0));
    });
  }
} catch (error) {
  process.stderr.write(`cannot start: ${startFailure(error)}\n`);
  process.exit(1);
}
