import './start/no-debugger.js';
import type { KmsConfiguration } from './config/configuration.js';
import { ConfigurationError } from './config/configuration-error.js';
import { requireOpenFiles } from './start/open-files.js';
import type { RunningServer } from './server.js';
import { startFailure } from './start/start-failure.js';
import { Terminal } from './start/terminal.js';

// The service itself is loaded below, when its signals are heard and it is known that its hundreds of files can be
// opened. So nothing that leads to a package is imported up here: the import law sees to it.

/** Where a shell tells its jobs of the end before the terminal is gone, that is over by then. */
const TERMINAL_IS_GONE_BY_MS = 500;

// Who started us may be gone before we can greet them, and their disk may be full: that ends nothing.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

// Whatever this process makes, its database above all, is for its own user alone.
process.umask(0o077);

const life: { configuration?: KmsConfiguration; server?: RunningServer; isStopping: boolean; isToRenew: boolean } = {
  isStopping: false,
  isToRenew: false,
};
const terminal = new Terminal();
const stopping = new AbortController();

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
  requireOpenFiles();
  const { loadConfiguration } = await import('./config/load-configuration.js');
  const { startWarnings, surfaceWarnings } = await import('./config/start-warnings.js');
  const configuration = loadConfiguration();
  life.configuration = configuration;
  // Before the start: what is warned of may be why it fails.
  warn(startWarnings(configuration));
  const [{ startServer }, { greeting, greetingAsJson }, { collectGarbage }] = [
    await import('./server.js'),
    await import('./start/greeting.js'),
    await import('./start/collect-garbage.js'),
  ];
  // Nothing has been touched yet.
  if (isToStop()) process.exit(0);
  const server = await startServer(configuration, {
    say: (line) => process.stderr.write(`${line}\n`),
    signal: stopping.signal,
    collectGarbage,
  });
  life.server = server;
  warn(surfaceWarnings(configuration));
  if (isToStop()) await stop(server);
  if (life.isToRenew) server.renewTls();
  // Of the sealing key, and what was derived from it, nothing is in memory when it is said to be ready.
  collectGarbage();
  process.stdout.write(
    process.argv.includes('--json')
      ? greetingAsJson(server, configuration)
      : greeting(server, configuration, { isTerminal: process.stdout.isTTY }),
  );
} catch (error) {
  // It waited for somebody, and is told to stop instead.
  if (stopping.signal.aborted && error === stopping.signal.reason) process.exit(0);
  if (error instanceof ConfigurationError) warn(error.warnings);
  process.stderr.write(`cannot start: ${startFailure(error, life.configuration)}\n`);
  process.exit(1);
}

function warn(warnings: readonly string[]): void {
  for (const warning of warnings) process.stderr.write(`warning: ${warning}\n`);
}

function requestStop(): void {
  if (life.isStopping) return;
  life.isStopping = true;
  stopping.abort();
  if (life.server !== undefined) void stop(life.server);
}

/** Asked anew each time, since a signal may have come meanwhile. */
function isToStop(): boolean {
  return life.isStopping;
}

/** Answers what is under way, then ends the process. */
async function stop(running: RunningServer): Promise<never> {
  await running.close();
  process.exit(0);
}
