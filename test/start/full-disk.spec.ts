import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { afterMounting, itWithMounts } from '../support/mounts.js';

const SECRET_FILE = fileURLToPath(new URL('../../dist/config/secret-file.js', import.meta.url));

/** One page, and it is taken. */
const FULL_DISK = 'mount -t tmpfs -o size=4k tmpfs "$0"; head -c 8192 /dev/zero > "$0/fill" 2>/dev/null || true';

/** Makes a secret file in a directory, then says why it could not and what is in the directory. */
const MAKER = `
const { createSecretFile } = await import(${JSON.stringify(SECRET_FILE)});
const { readdirSync } = await import('node:fs');
const [directory] = process.argv.slice(1);
try {
  createSecretFile(directory + '/secret', 'content');
} catch (error) {
  console.log(error.message);
}
console.log(readdirSync(directory).join());
`;

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'kms-full-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

describe('a secret file on a full disk', () => {
  itWithMounts('is not made by halves, and leaves no draft behind', () => {
    const [command = '', ...words] = afterMounting(FULL_DISK, directory);
    const make = [process.execPath, '--input-type=module', '--eval', MAKER, directory];
    const said = execFileSync(command, [...words, ...make], { encoding: 'utf8' });
    expect(said).toBe('DATA_DIR cannot hold a new secret (ENOSPC)\nfill\n');
  });
});
