import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { it } from '@jest/globals';

const TWO_MINUTES = 120_000;

const IN_CI = process.env['CI'] === 'true';

/** Age as its author wrote it, in Go; Debian's package is age. */
export function hasAge(): boolean {
  try {
    execFileSync('age', ['--version'], { stdio: 'ignore' });
    execFileSync('age-keygen', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** `it` where age is installed; elsewhere it is skipped and one line says so, but in CI, where it has to be there. */
export const itWithAge: typeof it | typeof it.skip = hasAge() || IN_CI ? it : skipped();

function skipped(): typeof it.skip {
  process.stderr.write('skipped: what another implementation of age says of a backup, since age is not installed\n');
  return it.skip;
}

/** In CI `.ci/prepare` installs it while other tests run. */
export async function ageMustBeThere(): Promise<void> {
  if (!IN_CI) return;
  const until = performance.now() + TWO_MINUTES;
  while (!hasAge() && performance.now() < until) await pause(500);
  if (!hasAge()) throw new Error('in CI this has to be tested, but age is not installed');
}

/** Decrypts a file as an operator does by hand. */
export function ageDecrypts(file: string, identity: string, into: string): void {
  execFileSync('age', ['--decrypt', '--identity', identity, '--output', into, file], { stdio: 'pipe' });
}
