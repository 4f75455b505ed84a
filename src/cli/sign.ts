import { runSignCommand } from './sign/sign-command.js';

/** `npm run -s sign -- <hash>`: the client's half of a signature, for a shell that has no wallet. */
const { stdin } = process;
// A share that is typed would be shown, and stay on the screen.
const input = stdin.isTTY ? undefined : (stdin as AsyncIterable<Uint8Array>);
process.exitCode = await runSignCommand(process.argv.slice(2), input, { out: console.log, error: console.error });
