import { runAcceptRollbackCommand } from './accept-rollback/accept-rollback-command.js';

/** `npm run accept-rollback -- HEAD`: has the service start on a database that is older than its last checkpoint. */
process.umask(0o077);
process.exitCode = runAcceptRollbackCommand(process.argv.slice(2), { out: console.log, error: console.error });
