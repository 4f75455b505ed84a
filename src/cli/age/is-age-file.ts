import { closeSync, openSync, readSync } from 'node:fs';

const BEGINNING = 'age-encryption.org/v1\n';

/** Whether a file begins as one of age does. Throws what the file system says. */
export function isAgeFile(file: string): boolean {
  const beginning = Buffer.alloc(BEGINNING.length);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, beginning, 0, beginning.length, 0);
  } finally {
    closeSync(descriptor);
  }
  return beginning.toString('latin1') === BEGINNING;
}
