import { createPublicKey, type KeyObject } from 'node:crypto';
import { SecretBytes } from '../crypto/secret-bytes.js';
import { ConfigurationError } from './configuration-error.js';
import { algorithmsOf } from './signature-algorithms.js';

/**
 * The shared token secret, as the bytes of its text in UTF-8.
 *
 * Throws `ConfigurationError` for a PEM: a public key used as a shared secret lets everybody who knows the
 * public key mint tokens.
 */
export function sharedSecret(text: string, name: string): SecretBytes {
  if (text.includes('-----BEGIN')) {
    throw new ConfigurationError(name, 'is a PEM key; public keys go into JWT_PUBLIC_KEY');
  }
  if (text.trim() !== text) throw new ConfigurationError(name, 'must not begin or end with white space');
  return new SecretBytes(new TextEncoder().encode(text));
}

/**
 * The public key that checks tokens, from one PEM block (SubjectPublicKeyInfo or PKCS#1). Line breaks may be
 * written as the two characters `\n`, since many places that hold variables cannot hold lines.
 *
 * Throws `ConfigurationError` for private keys, certificates (whose expiry nothing here would watch), and keys
 * that no supported algorithm goes with.
 */
export function publicKeyPem(text: string, name: string): KeyObject {
  const pem = text
    .replaceAll(String.raw`\r`, '')
    .replaceAll(String.raw`\n`, '\n')
    .trim();
  if (pem.includes('PRIVATE KEY')) {
    throw new ConfigurationError(name, 'holds a private key; give the public key alone and replace the exposed pair');
  }
  const labels = [...pem.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----/g)].map((match) => match[1]);
  if (labels.length !== 1 || !(labels[0] === 'PUBLIC KEY' || labels[0] === 'RSA PUBLIC KEY')) {
    throw new ConfigurationError(name, 'must be one PEM block that begins with -----BEGIN PUBLIC KEY-----');
  }
  const key = parsed(pem);
  if (key === undefined) throw new ConfigurationError(name, 'is not a readable PEM public key');
  if (algorithmsOf(key).length === 0) {
    throw new ConfigurationError(name, 'must be an RSA key of at least 2048 bits or an EC key on P-256, P-384, P-521');
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
