// npm run accept-rollback: has the service start on a database that is older than the last checkpoint of its log.
import { runKms } from './run-built.mjs';

await runKms('audit', 'accept-rollback');
