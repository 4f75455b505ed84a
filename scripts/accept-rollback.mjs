// npm run accept-rollback: has the service start on a database that is older than the last checkpoint of its log.
import { runBuilt } from './run-built.mjs';

await runBuilt('cli/accept-rollback.js');
