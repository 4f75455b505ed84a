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
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { codeOf } from '../errors/error-code.js';
import { ConfigurationError } from './configuration-error.js';
import { isOnReadOnlyMount } from './read-only-mount.js';

/** No key is longer, and no chain of certificates that somebody keeps beside it. */
const MOST_BYTES = 65_536;

/**
 * Who may have access beside the owner. Files of our own: nobody. Files of the operator: the group may read,
 * because orchestrators mount secrets as 0440; others may not, and nobody else may write.
 */
const FORBIDDEN_MODE_BITS = { ours: 0o077, operators: 0o027 } as const;

const SET_BY_THE_MOUNT = 'defaultMode: 0440 and fsGroup';

/**
 * The bytes of a secret file, or `undefined` when there is none. The caller overwrites them after use.
 *
 * Throws `ConfigurationError` naming `setting` (never the path, which may be a key pasted by mistake) when the path
 * is not a regular file, cannot be read, is empty or over 64 KiB, or when other users may read or change it: a
 * secret that others could read is not one, and going on would hide it. Mode and content come from the same open
 * file, so it cannot be swapped in between.
 *
 * @param isProduction elsewhere an operator's file may be open to others on a read-only mount: developers cannot
 *   change what Docker Desktop or a default `defaultMode` makes of it. {@link openSecretWarning} then tells of it.
 */
export function readSecretFile(
  file: string,
  setting: string,
  owner: keyof typeof FORBIDDEN_MODE_BITS,
  isProduction = true,
): Buffer | undefined {
  return withOpened(file, setting, (descriptor) => {
    const status = fstatSync(descriptor);
    if (!status.isFile()) throw new ConfigurationError(setting, 'is not a file');
    if (status.size === 0) throw new ConfigurationError(setting, 'is an empty file');
    if (status.size > MOST_BYTES) throw new ConfigurationError(setting, `is a file of more than ${MOST_BYTES} bytes`);
    if ((status.mode & FORBIDDEN_MODE_BITS[owner]) !== 0) {
      const isFixed = owner === 'operators' && isOnReadOnlyMount(descriptor);
      if (isProduction || !isFixed) throw new ConfigurationError(setting, openToOthers(owner, isFixed));
    }
    return readFileSync(descriptor);
  });
}

/** What to say of an operator's secret file that {@link readSecretFile} lets pass outside production alone. */
export function openSecretWarning(file: string, setting: string): string | undefined {
  const isOpen = withOpened(file, setting, (descriptor) => {
    return (fstatSync(descriptor).mode & FORBIDDEN_MODE_BITS.operators) !== 0 && isOnReadOnlyMount(descriptor);
  });
  if (isOpen !== true) return undefined;
  return `${setting} is open to other users on a read-only mount: have the mount set ${SET_BY_THE_MOUNT}; production refuses it`;
}

function openToOthers(owner: keyof typeof FORBIDDEN_MODE_BITS, isFixed: boolean): string {
  const replace = 'and replace the secret if they may have read it';
  if (owner === 'ours') return `is open to other users: chmod 600 it, ${replace}`;
  return isFixed
    ? `is open to other users on a read-only mount: have the mount set ${SET_BY_THE_MOUNT}, ${replace}`
    : `is open to other users: chmod 600 it, or have its mount set ${SET_BY_THE_MOUNT}, ${replace}`;
}

/** What `look` says of the opened file; `undefined` when there is none. */
function withOpened<T>(file: string, setting: string, look: (descriptor: number) => T): T | undefined {
  let descriptor: number;
  try {
    // Without O_NONBLOCK opening a pipe would wait for ever.
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (codeOf(error) === 'EACCES') {
      throw new ConfigurationError(
        setting,
        'may not be read by this user (EACCES): chown it, or mount it with fsGroup',
      );
    }
    throw new ConfigurationError(setting, `cannot be read (${codeOf(error) ?? 'unknown error'})`);
  }
  try {
    return look(descriptor);
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
export function createSecretFile(file: string, content: string | Uint8Array): boolean {
  const draft = join(dirname(file), `.${basename(file)}.${randomBytes(8).toString('hex')}`);
  try {
    try {
      writeSynced(draft, content);
      linkSync(draft, file);
    } finally {
      // Also when the disk is full: a draft may hold half a secret already.
      rmSync(draft, { force: true });
    }
    syncDirectory(dirname(file));
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw new ConfigurationError(
      'DATA_DIR',
      `cannot hold a new ${basename(file)} (${codeOf(error) ?? 'unknown error'})`,
    );
  }
}

function writeSynced(file: string, content: string | Uint8Array): void {
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

/** Makes the names in a directory durable. */
export function syncDirectory(directory: string): void {
  const descriptor = openSync(directory, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
