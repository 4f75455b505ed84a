// npm run --silent sign -- <hash>: the partial signature of the user share on standard input, alone on stdout.
import { runBuilt } from './run-built.mjs';

await runBuilt('cli/sign.js');
