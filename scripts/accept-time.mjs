// npm run accept-time: has the service believe a clock that is behind what it believed before.
import { runBuilt } from './run-built.mjs';

await runBuilt('cli/accept-time.js');
