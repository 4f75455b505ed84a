// npm run --silent sign -- <hash>: the partial signature of the user share on standard input, alone on stdout.
import { runKms } from './run-built.mjs';

await runKms('sign');
