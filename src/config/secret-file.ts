import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ConfigurationError } from './configuration-error.js';

/** Nothing that is a key is longer. */
const MOST_BYTES = 4096;

/**
 * Who may have access beside the owner. Files of our own: nobody. Files of the operator: the group may read,
 * because orchestrators mount secrets as 0440; others may not, and nobody else may write.
 */
const FORBIDDEN_MODE_BITS = { ours: 0o077, operators: 0o027 } as const;

/**
 * The bytes of a secret file, or `undefined` when there is none. The caller overwrites them after use.
 *
 * Throws `ConfigurationError` naming `setting` (never the path, which may be a key pasted by mistake) when the path
 * is not a regular file, cannot be read, is empty or over 4 KiB, or when other users may read or change it: a
 * secret that others could read is not one, and going on would hide it. Mode and content come from the same open
 * file, so it cannot be swapped in between.
 */
export function readSecretFile(
  file: string,
  setting: string,
  owner: keyof typeof FORBIDDEN_MODE_BITS,
): Buffer | undefined {
  let descriptor: number;
  try {
    // Without O_NONBLOCK opening a pipe would wait for ever.
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw new ConfigurationError(setting, `cannot be read (${codeOf(error)})`);
  }
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile() || status.size === 0 || status.size > MOST_BYTES) {
      throw new ConfigurationError(setting, `is not a file of 1 to ${MOST_BYTES} bytes`);
    }
    if ((status.mode & FORBIDDEN_MODE_BITS[owner]) !== 0) {
      throw new ConfigurationError(
        setting,
        'is open to other users: chmod 600 it, and replace the secret if they may have read it',
      );
    }
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Writes a secret file (mode 0600) unless there is one already, and returns whether it was this call that made
 * it. The file appears with all its content or not at all: it is written and synced under another name, then
 * hard-linked, which fails when the name exists. So of two processes that start at once one wins and the other
 * reads the winner's.
 *
 * Throws `ConfigurationError` naming DATA_DIR when the directory does not let us.
 */
export function createSecretFile(file: string, content: string): boolean {
  const draft = join(dirname(file), `.${basename(file)}.${randomBytes(8).toString('hex')}`);
  try {
    writeSynced(draft, content);
    try {
      linkSync(draft, file);
    } finally {
      unlinkSync(draft);
    }
    syncDirectory(dirname(file));
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw new ConfigurationError('DATA_DIR', `cannot hold a new ${basename(file)} (${codeOf(error)})`);
  }
}

function writeSynced(file: string, content: string): void {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    // The umask may only have taken bits away; make the mode what it should be.
    fchmodSync(descriptor, 0o600);
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function syncDirectory(directory: string): void {
  const descriptor = openSync(directory, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The code of an error of the operating system, like `EACCES`. */
function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown error';
}

function hasCode(error: unknown, code: string): boolean {
  return codeOf(error) === code;
}
