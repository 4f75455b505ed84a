import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { it } from '@jest/globals';

const TWO_MINUTES = 120_000;
const IN_CI = process.env['CI'] === 'true';

const isThere = (shell: string): boolean => spawnSync(shell, ['--version']).error === undefined;

/**
 * `it` where a shell is installed; elsewhere it is skipped and one line says so, but in CI, where `.ci/prepare` installs it
 * while other tests run.
 */
export function itWithShell(shell: 'fish' | 'zsh'): typeof it | typeof it.skip {
  if (IN_CI || isThere(shell)) return it;
  process.stderr.write(`skipped: what ${shell} makes of kms completion, since ${shell} is not installed\n`);
  return it.skip;
}

/** Rejects when it is not there in two minutes, in CI; elsewhere nothing waits for it. */
export async function shellMustBeThere(shell: 'fish' | 'zsh'): Promise<void> {
  const last = Date.now() + TWO_MINUTES;
  while (!isThere(shell)) {
    if (Date.now() > last) throw new Error(`${shell} is not installed: see .ci/prepare`);
    await pause(500);
  }
}
