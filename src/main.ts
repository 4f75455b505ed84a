import './no-debugger.js';
import type { KmsConfiguration } from './config/configuration.js';
import { loadConfiguration } from './config/load-configuration.js';
import { startWarnings } from './config/start-warnings.js';
import { greeting } from './greeting.js';
import { startServer } from './server.js';
import type { RunningServer } from './server.js';
import { startFailure } from './start-failure.js';
import { Terminal } from './terminal.js';

/** Where a shell tells its jobs of the end before the terminal is gone, that is over by then. */
const TERMINAL_IS_GONE_BY_MS = 500;

// Whatever this process makes, its database above all, is for its own user alone.
process.umask(0o077);

const life: { configuration?: KmsConfiguration; server?: RunningServer; isStopping: boolean; isToRenew: boolean } = {
  isStopping: false,
  isToRenew: false,
};
const terminal = new Terminal();

// From the first moment on: a signal during the start must not leave a write half done. Repeated ones change nothing.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, requestStop);
process.on('SIGHUP', () => {
  if (terminal.isGone()) {
    requestStop();
    return;
  }
  if (life.server === undefined) life.isToRenew = true;
  else life.server.renewTls();
  setTimeout(() => {
    if (terminal.isGone()) requestStop();
  }, TERMINAL_IS_GONE_BY_MS);
});

try {
  const configuration = loadConfiguration();
  life.configuration = configuration;
  // Before the start: what is warned of may be why it fails.
  for (const warning of startWarnings(configuration)) process.stderr.write(`warning: ${warning}\n`);
  const server = await startServer(configuration, { say: (line) => process.stderr.write(`${line}\n`) });
  life.server = server;
  if (life.isStopping) await stop(server);
  if (life.isToRenew) server.renewTls();
  process.stdout.write(greeting(server, configuration));
} catch (error) {
  process.stderr.write(`cannot start: ${startFailure(error, life.configuration)}\n`);
  process.exit(1);
}

function requestStop(): void {
  if (life.isStopping) return;
  life.isStopping = true;
  if (life.server !== undefined) void stop(life.server);
}

/** Answers what is under way, then ends the process. */
async function stop(running: RunningServer): Promise<never> {
  await running.close();
  process.exit(0);
}
