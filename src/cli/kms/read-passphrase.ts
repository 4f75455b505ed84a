import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { StartError } from '../../errors/start-error.js';

/**
 * A passphrase from whoever stands at the terminal, which does not show it, or the one line of the standard input. Rejects
 * with `StartError` when there is none.
 */
export async function readPassphrase(prompt: string): Promise<string> {
  const line = process.stdin.isTTY ? await typed(prompt) : readFileSync(0, 'utf8').replace(/\r?\n$/, '');
  if (line === '' || line.includes('\n')) throw new StartError('the passphrase must be one line');
  return line;
}

function typed(prompt: string): Promise<string> {
  process.stderr.write(prompt);
  // It reads keys itself, and would show them here.
  const nowhere = new Writable({
    write: (_, __, done) => {
      done();
    },
  });
  const reader = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  return new Promise((resolve) => {
    let line = '';
    reader.once('line', (text) => {
      line = text;
      reader.close();
    });
    reader.once('close', () => {
      process.stderr.write('\n');
      resolve(line);
    });
  });
}
