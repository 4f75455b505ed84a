import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

/** A new directory of the test's own, which does not exist yet: the service makes it. */
export function newDataDirectory(): string {
  const parent = mkdtempSync(join(tmpdir(), 'kms-start-'));
  made.push(parent);
  return join(parent, 'data');
}

export function removeDataDirectories(): void {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
}
