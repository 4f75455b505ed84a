import { isUtf8 } from 'node:buffer';
import { scrypt } from 'node:crypto';
import { type RandomBytes, systemRandomBytes } from '../crypto/random-bytes.js';
import { SecretBytes } from '../crypto/secret-bytes.js';
import type { KeyEncryptionKey, PassphraseParameters } from './key-encryption-key.js';
import { LocalKey, ROOT_BYTES } from './local-key.js';

export const LEAST_PASSPHRASE_CHARACTERS = 12;
/** 128 MiB and some tenths of a second, which OWASP's Password Storage Cheat Sheet has as the least for scrypt. */
export const DEFAULT_PASSPHRASE_COST = 2 ** 17;
/** 1 GiB: whoever can write to the database must not have a start take any amount of memory. */
const MOST_COST = 2 ** 20;
const BLOCK_SIZE = 8;
const PARALLELISM = 1;
const SALT_BYTES = 16;
const MOST_SALT_BYTES = 64;

/** Parameters for a passphrase that is set for the first time: a salt of their own, and the default cost. */
export function newPassphraseParameters(randomBytes: RandomBytes = systemRandomBytes): PassphraseParameters {
  return { salt: randomBytes(SALT_BYTES), cost: DEFAULT_PASSPHRASE_COST };
}

/**
 * The key-encryption key that follows from a passphrase by scrypt. Slow on purpose and in a thread of Node's pool: for the
 * start alone. Another passphrase gives another key, with another fingerprint; nothing here tells whether it is right.
 *
 * @param passphrase at least 12 characters in UTF-8, these very bytes; wiped here, also on failure
 *
 * Rejects with `RangeError` for a shorter one, and for parameters out of bounds.
 */
export async function openPassphraseKey(
  passphrase: SecretBytes,
  parameters: PassphraseParameters,
  randomBytes: RandomBytes = systemRandomBytes,
): Promise<KeyEncryptionKey> {
  try {
    assertPassphrase(passphrase.expose());
    assertParameters(parameters);
    return new LocalKey('passphrase', await stretched(passphrase, parameters), randomBytes, parameters);
  } finally {
    passphrase.wipe();
  }
}

function assertPassphrase(bytes: Uint8Array): void {
  // Every byte of UTF-8 but those that go on with a character begins one.
  const characters = bytes.reduce((count, byte) => count + ((byte & 0xc0) === 0x80 ? 0 : 1), 0);
  if (characters < LEAST_PASSPHRASE_CHARACTERS || !isUtf8(bytes)) {
    throw new RangeError(`the passphrase must be at least ${LEAST_PASSPHRASE_CHARACTERS} characters long, in UTF-8`);
  }
}

function assertParameters({ salt, cost }: PassphraseParameters): void {
  if (salt.length < SALT_BYTES || salt.length > MOST_SALT_BYTES) {
    throw new RangeError(`the salt of a passphrase must be ${SALT_BYTES} to ${MOST_SALT_BYTES} bytes long`);
  }
  if (cost < DEFAULT_PASSPHRASE_COST || cost > MOST_COST || !Number.isInteger(Math.log2(cost))) {
    throw new RangeError('the cost of a passphrase must be a power of two from 2^17 to 2^20');
  }
}

function stretched(passphrase: SecretBytes, { salt, cost }: PassphraseParameters): Promise<SecretBytes> {
  // What scrypt itself needs is 128 · r · (N + p + 2); OpenSSL refuses more than this limit.
  const maxmem = 128 * BLOCK_SIZE * (cost + PARALLELISM + 2) + 1024;
  const options = { N: cost, r: BLOCK_SIZE, p: PARALLELISM, maxmem };
  return new Promise((resolve, reject) => {
    scrypt(passphrase.expose(), salt, ROOT_BYTES, options, (error, key) => {
      if (error === null) resolve(new SecretBytes(key));
      else reject(error);
    });
  });
}
