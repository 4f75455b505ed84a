import { runRestoreCommand } from './restore/restore-command.js';

/** `npm run restore -- FILE`: puts a copy of the database in its place. */
process.umask(0o077);
process.exitCode = await runRestoreCommand(process.argv.slice(2), { out: console.log, error: console.error });
