// npm run demo: the whole life of a split key, and the record that it leaves.
import { runBuilt } from './run-built.mjs';

await runBuilt('cli/demo.js');
