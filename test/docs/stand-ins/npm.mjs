// npm run -s <command> -- <words>: what scripts/<command>.mjs comes to once everything is installed and built.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [, , run, silent, command, dashes, ...words] = process.argv;
if (run !== 'run' || silent !== '-s' || dashes !== '--')
  throw new Error('this stand-in knows `npm run -s <command> --`');
const program = fileURLToPath(new URL(`../../../dist/cli/${command}.js`, import.meta.url));
process.exitCode = spawnSync(process.execPath, [program, ...words], { stdio: 'inherit' }).status ?? 1;
