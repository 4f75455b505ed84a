import { isToServe } from './is-to-serve.js';

/**
 * `npm run -s kms -- …`: what an operator or an auditor does with the service and its files. A service is served by the
 * very program that `npm start` runs, which wants to hear signals before any package is loaded.
 */
const words = process.argv.slice(2);
if (isToServe(words)) {
  await import('../main.js');
} else {
  // What an export holds is public, and for others to read. All else that is made is for its owner alone.
  if (words[0] !== 'audit') process.umask(0o077);
  const { runKmsCommand } = await import('./kms/kms-command.js');
  process.exitCode = await runKmsCommand(words, {
    out: (line) => process.stdout.write(`${line}\n`),
    error: (line) => process.stderr.write(`${line}\n`),
    isTerminal: process.stderr.isTTY,
    // A share that is typed would be shown, and stay on the screen. Looked at by who reads it: others read it themselves.
    get input() {
      return process.stdin.isTTY ? undefined : (process.stdin as AsyncIterable<Uint8Array>);
    },
  });
}
