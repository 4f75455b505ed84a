import { SecretBytes } from '../crypto/secret-bytes.js';
import { ConfigurationError } from './configuration-error.js';

const KEY_BYTES = 32;

/** 32 random bytes have 30 different values on average, and fewer than 16 less than once in 10^12 draws. */
const LEAST_DIFFERENT_BYTES = 16;

/**
 * Reads a sealing key: 64 hexadecimal digits with or without a line end, or exactly 32 raw bytes.
 *
 * Throws `ConfigurationError` for anything else and for what nobody drew at random: repeated or counting bytes,
 * text in place of raw bytes.
 *
 * @param name the setting that it comes from
 */
export function parseSealingKey(content: Uint8Array, name = 'SEALING_KEY_FILE'): SecretBytes {
  // A copy in either case: the caller overwrites the content, and a Buffer's own slice would share its memory.
  const key = content.length === KEY_BYTES ? Uint8Array.from(content) : decodeHexLine(content);
  if (key === undefined) {
    throw new ConfigurationError(
      name,
      'must hold 64 hexadecimal digits or 32 raw bytes, as from: openssl rand -hex 32',
    );
  }
  if (isWeak(key)) {
    throw new ConfigurationError(name, 'holds a placeholder; make a random key: openssl rand -hex 32');
  }
  return new SecretBytes(key);
}

function decodeHexLine(content: Uint8Array): Uint8Array | undefined {
  const digits = /^([0-9a-fA-F]{64})(?:\r?\n)?$/.exec(Buffer.from(content).toString('latin1'))?.[1];
  return digits === undefined ? undefined : Uint8Array.from(Buffer.from(digits, 'hex'));
}

function isWeak(key: Uint8Array): boolean {
  const steps = new Set([...key.subarray(1)].map((byte, index) => (256 + byte - (key[index] ?? 0)) % 256));
  const isText = key.every((byte) => byte >= 0x20 && byte < 0x7f);
  return new Set(key).size < LEAST_DIFFERENT_BYTES || steps.size === 1 || isText;
}
