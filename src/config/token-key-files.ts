import type { KeyObject } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import type { SecretBytes } from '../crypto/secret-bytes.js';
import { ConfigurationError } from './configuration-error.js';
import { readSecretFile } from './secret-file.js';
import { publicKeysPem, sharedSecrets } from './token-key-parsers.js';

/** Sixteen RSA keys of 16384 bits. */
const MOST_PUBLIC_BYTES = 65_536;

/** What `JWT_SECRET` would hold. Empty lines, the last line's end among them, mean nothing in a file. */
export function readSecretsFile(file: string, isProduction: boolean): readonly SecretBytes[] {
  const name = 'JWT_SECRET_FILE';
  const content = readSecretFile(file, name, 'operators', isProduction);
  if (content === undefined) throw new ConfigurationError(name, 'names a file that does not exist');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    return sharedSecrets(text.replace(/(\r?\n)+/g, '\n').replace(/^\n|\n$/g, ''), name);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError(name, 'must hold text in UTF-8; write other bytes as base64:…');
  } finally {
    content.fill(0);
  }
}

/**
 * What `JWT_PUBLIC_KEY` would hold. Everybody may read such a file, but nobody except its owner may write it:
 * whoever can change it can sign in as anyone.
 */
export function readPublicKeyFile(file: string): readonly KeyObject[] {
  const name = 'JWT_PUBLIC_KEY_FILE';
  const descriptor = opened(file, name);
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile() || status.size > MOST_PUBLIC_BYTES) {
      throw new ConfigurationError(name, `is not a file of at most ${MOST_PUBLIC_BYTES} bytes`);
    }
    if ((status.mode & 0o022) !== 0) throw new ConfigurationError(name, 'can be changed by other users: chmod 644 it');
    if (status.size === 0) throw new ConfigurationError(name, 'is an empty file');
    const content = readFileSync(descriptor);
    return publicKeysPem(content.toString('utf8'), name, content);
  } finally {
    closeSync(descriptor);
  }
}

function opened(file: string, name: string): number {
  try {
    // Without O_NONBLOCK opening a pipe would wait for ever.
    return openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new ConfigurationError(
      name,
      code === 'ENOENT' ? 'names a file that does not exist' : `cannot be read (${code})`,
    );
  }
}
