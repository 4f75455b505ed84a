// npm run accept-time: has the service believe a clock that is behind what it believed before.
import { runKms } from './run-built.mjs';

await runKms('clock', 'accept');
