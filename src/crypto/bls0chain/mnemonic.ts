import { pbkdf2Sync } from 'node:crypto';

import { entropyToMnemonic, validateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';

import { SecretBytes } from '../secret-bytes.js';
import { SECRET_KEY_BYTES } from './bls-engine.js';
import { MalformedEncodingError } from './malformed-encoding-error.js';
import { systemRandomBytes } from '../random-bytes.js';
import type { RandomBytes } from '../random-bytes.js';
import { assertSecretScalar, isSecretScalar } from './scalar.js';

const ENTROPY_BYTES = 32;
/** The BIP39 passphrase of 0Chain's wallets. */
const PASSPHRASE = '0chain-client-split-key';

/** A new mnemonic: 24 English BIP39 words (256 bits of entropy), one space between them, as UTF-8. */
export function generateMnemonic(random: RandomBytes = systemRandomBytes): SecretBytes {
  const entropy = random(ENTROPY_BYTES);
  try {
    return new SecretBytes(new TextEncoder().encode(entropyToMnemonic(entropy, wordlist)));
  } finally {
    entropy.fill(0);
  }
}

/**
 * The secret key that 0Chain's wallets derive from a mnemonic (UTF-8, 12 to 24 English BIP39 words): the first 32 bytes
 * of the BIP39 seed as a little-endian integer, cut to 254 bits and, if that is still ≥ r, to 253, as mcl's
 * setLittleEndian does. Throws `MalformedEncodingError` naming `field` unless words and checksum are BIP39's: lower case,
 * one space between them, since the chain's wallets derive another key from another spelling.
 */
export function secretKeyFromMnemonic(mnemonic: SecretBytes, field = 'mnemonic'): SecretBytes {
  const words = new TextDecoder().decode(mnemonic.expose()).normalize('NFKD');
  if (!validateMnemonic(words, wordlist)) {
    throw new MalformedEncodingError(field, 'must be 12 to 24 English BIP39 words with a valid checksum');
  }
  // BIP39, "From mnemonic to seed".
  const seed = pbkdf2Sync(words, `mnemonic${PASSPHRASE}`, 2048, 64, 'sha512');
  try {
    return new SecretBytes(reducedAsMcl(seed.subarray(0, SECRET_KEY_BYTES)));
  } finally {
    seed.fill(0);
  }
}

function reducedAsMcl(littleEndian: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(littleEndian);
  const last = SECRET_KEY_BYTES - 1;
  bytes[last] = (bytes[last] ?? 0) & 0x3f;
  if (!isSecretScalar(bytes)) bytes[last] = (bytes[last] ?? 0) & 0x1f;
  assertSecretScalar(bytes, 'mnemonic');
  return bytes;
}
