import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { TestClock } from './test-clock.js';

const nowSeconds = new TestClock().nowSeconds();

export const ISSUER = 'https://issuer.test/';
export const AUDIENCE = 'kms';
/** A secret that is on its way out, and the one that has taken its place. */
export const OLD_SECRET = 'correct horse, battery staple: 7Qm';
export const SECRET = 'f1d0b3a29c4e5876f1d0b3a29c4e5876-Zq';

/** Claims that nothing is wrong with. */
export const CLAIMS = {
  user_id: 'alice',
  iss: ISSUER,
  aud: AUDIENCE,
  iat: nowSeconds - 60,
  exp: nowSeconds + 3600,
};

/** Claims as above with some replaced; `undefined` takes one away. */
export function claims(changes: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { ...CLAIMS, ...changes };
}

/** An issuer's key pairs, made anew for every test file. */
export const KEYS = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  p256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  otherP256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  p384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  p521: generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  ed25519: generateKeyPairSync('ed25519'),
};

export function spkiPem(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

/** One entry of a key set. */
export function jwk(key: KeyObject, more: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { ...key.export({ format: 'jwk' }), ...more };
}
