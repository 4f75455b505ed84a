// npm run --silent token -- <user>: a token for local use, alone on stdout.
import { runKms } from './run-built.mjs';

await runKms('token');
