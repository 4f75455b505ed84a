// npm run demo: the whole life of a split key against a server in memory.
import { runBuilt } from './run-built.mjs';

await runBuilt('cli/demo.js');
