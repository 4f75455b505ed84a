// npm run --silent token -- <user>: a token for local use, alone on stdout.
import { runBuilt } from './run-built.mjs';

await runBuilt('cli/token.js');
