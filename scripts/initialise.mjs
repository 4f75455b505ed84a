// npm run initialise: makes the database of a new installation, once.
import { runBuilt } from './run-built.mjs';

await runBuilt('cli/initialise.js');
