import { runAcceptTimeCommand } from './accept-time/accept-time-command.js';

/** `npm run accept-time`: has the service believe a clock that is behind what it believed before. */
process.umask(0o077);
process.exitCode = runAcceptTimeCommand(process.argv.slice(2), { out: console.log, error: console.error });
