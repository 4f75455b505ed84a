import { runInitialiseCommand } from './initialise/initialise-command.js';

/** `npm run initialise`: makes the database of a new installation, once. */
process.umask(0o077);
process.exitCode = await runInitialiseCommand(process.argv.slice(2), { out: console.log, error: console.error });
