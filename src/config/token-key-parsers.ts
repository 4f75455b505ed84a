import { createPublicKey, type KeyObject } from 'node:crypto';
import { SecretBytes } from '../crypto/secret-bytes.js';
import { ConfigurationError } from './configuration-error.js';
import { seenIn } from './seen-in-key-file.js';
import { algorithmsOf } from './signature-algorithms.js';

/** A rotation needs two, some more with several issuers; every further one makes each wrong token dearer. */
const MOST_KEYS = 16;

const BASE64_PREFIX = 'base64:';

/**
 * The shared token secrets, one a line, each as the bytes of its text in UTF-8 or, after `base64:`, as the bytes
 * that are written so. One a line, since a secret may hold commas and spaces, but no line end.
 *
 * Throws `ConfigurationError` for a PEM: a public key used as a shared secret lets everybody who knows the
 * public key mint tokens.
 */
export function sharedSecrets(text: string, name: string): readonly SecretBytes[] {
  if (text.includes('-----BEGIN')) {
    throw new ConfigurationError(name, 'is a PEM key; public keys go into JWT_PUBLIC_KEY');
  }
  const lines = text.split(/\r?\n/);
  if (lines.some((line) => line === '' || line.trim() !== line)) {
    throw new ConfigurationError(name, 'must hold one secret a line, none empty, without white space around them');
  }
  requireFew(lines, name);
  return Object.freeze(lines.map((line) => sharedSecret(line, name)));
}

function sharedSecret(line: string, name: string): SecretBytes {
  if (!line.startsWith(BASE64_PREFIX)) return new SecretBytes(new TextEncoder().encode(line));
  const digits = line.slice(BASE64_PREFIX.length);
  const bytes = Buffer.from(digits, 'base64');
  // Node skips what is no base64; either alphabet, with or without the padding, must give back what was written.
  const spellings = [bytes.toString('base64'), bytes.toString('base64url')];
  if (digits === '' || ![...spellings, spellings[0]?.replace(/=+$/, '')].includes(digits)) {
    throw new ConfigurationError(name, `must be base64 after the prefix ${BASE64_PREFIX}`);
  }
  const secret = new SecretBytes(Uint8Array.from(bytes));
  bytes.fill(0);
  return secret;
}

/**
 * The public keys that check tokens, from PEM blocks after each other (SubjectPublicKeyInfo or PKCS#1). Line breaks
 * may be written as the two characters `\n`, since many places that hold variables cannot hold lines.
 *
 * Throws `ConfigurationError` for private keys, certificates (whose expiry nothing here would watch), and keys
 * that no supported algorithm goes with. It says what is there instead.
 *
 * @param bytes the file's own, if the text is a file's: what is no text can be told by them alone
 */
export function publicKeysPem(text: string, name: string, bytes?: Uint8Array): readonly KeyObject[] {
  const pem = text
    .replaceAll(String.raw`\r`, '')
    .replaceAll(String.raw`\n`, '\n')
    .trim();
  if (pem.includes('PRIVATE KEY')) {
    throw new ConfigurationError(name, `holds ${seenIn(pem)}; give the public key alone and replace the exposed pair`);
  }
  const labels = [...pem.matchAll(/-----BEGIN ([^-]*)-----/g)].map((match) => match[1] ?? '');
  if (labels.length === 0 || !labels.every((label) => label === 'PUBLIC KEY' || label === 'RSA PUBLIC KEY')) {
    throw new ConfigurationError(
      name,
      `holds ${seenIn(bytes ?? pem)} instead of public keys in PEM (BEGIN PUBLIC KEY)`,
    );
  }
  requireFew(labels, name);
  const blocks = pem.split(/(?=-----BEGIN )/).filter((block) => block.startsWith('-----BEGIN '));
  return Object.freeze(blocks.map((block) => publicKey(block, name)));
}

function publicKey(pem: string, name: string): KeyObject {
  const key = parsed(pem);
  if (key === undefined) throw new ConfigurationError(name, 'holds a public key that is damaged');
  if (key.asymmetricKeyType === 'rsa-pss') {
    throw new ConfigurationError(
      name,
      'is a key for RSA-PSS alone; give it as a plain RSA key, which checks PS256 too',
    );
  }
  if (algorithmsOf(key).length === 0) {
    throw new ConfigurationError(
      name,
      'must be RSA keys of at least 2048 bits, EC keys on P-256, P-384, P-521, or Ed25519 keys',
    );
  }
  return key;
}

function parsed(pem: string): KeyObject | undefined {
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
}

function requireFew(keys: readonly unknown[], name: string): void {
  if (keys.length > MOST_KEYS) throw new ConfigurationError(name, `must hold at most ${MOST_KEYS} keys`);
}
