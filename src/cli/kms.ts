import { runKmsCommand } from './kms/kms-command.js';

/** `npm run -s kms -- …`: what an operator or an auditor does with the service's files. */
process.exitCode = await runKmsCommand(process.argv.slice(2), {
  out: (line) => process.stdout.write(`${line}\n`),
  error: (line) => process.stderr.write(`${line}\n`),
  isTerminal: process.stderr.isTTY,
});
