// npm run -s <command> -- <words>: what it comes to once everything is installed and built, for commands of kms.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [, , run, silent, command, dashes, ...words] = process.argv;
if (run !== 'run' || silent !== '-s' || dashes !== '--')
  throw new Error('this stand-in knows `npm run -s <command> --`');
const program = fileURLToPath(new URL('../../../dist/cli/kms.js', import.meta.url));
const inner = command === 'kms' ? [] : [command];
process.exitCode = spawnSync(process.execPath, [program, ...inner, ...words], { stdio: 'inherit' }).status ?? 1;
