import { loadConfiguration } from './config/load-configuration.js';
import { startWarnings } from './config/start-warnings.js';
import { greeting } from './greeting.js';
import { startServer } from './server.js';
import type { RunningServer } from './server.js';
import { startFailure } from './start-failure.js';

// Whatever this process makes, its database above all, is for its own user alone.
process.umask(0o077);

const life: { server?: RunningServer; isStopping: boolean } = { isStopping: false };

// From the first moment on: a signal during the start must not leave a write half done. Repeated ones change nothing.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (life.isStopping) return;
    life.isStopping = true;
    if (life.server !== undefined) void stop(life.server);
  });
}

try {
  const configuration = loadConfiguration();
  const server = await startServer(configuration);
  life.server = server;
  if (life.isStopping) await stop(server);
  for (const warning of startWarnings(configuration)) process.stderr.write(`warning: ${warning}\n`);
  process.stdout.write(greeting(server, configuration));
} catch (error) {
  process.stderr.write(`cannot start: ${startFailure(error)}\n`);
  process.exit(1);
}

/** Answers what is under way, then ends the process. */
async function stop(running: RunningServer): Promise<never> {
  await running.close();
  process.exit(0);
}
