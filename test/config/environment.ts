import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import { ConfigurationError } from '../../src/config/configuration-error.js';

const made: string[] = [];

afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** A directory of this test's own, removed after it. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'kms-config-'));
  made.push(directory);
  return directory;
}

/** The one line with which something refuses to start; fails if it does not, or with more than a line. */
export function refusal(start: () => unknown): string {
  return refused(start).message;
}

/** The error with which something refuses to start; fails if it does not, or with more than a line. */
export function refused(start: () => unknown): ConfigurationError {
  try {
    start();
  } catch (error) {
    if (error instanceof ConfigurationError && !error.message.includes('\n')) return error;
    throw error;
  }
  throw new Error('it started');
}
