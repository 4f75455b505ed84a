// npm run initialise: makes the database of a new installation, once.
import { runKms } from './run-built.mjs';

await runKms('init');
