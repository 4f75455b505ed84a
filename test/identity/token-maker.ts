import { constants, createHmac, type KeyObject, sign } from 'node:crypto';

// Tokens are put together by hand here: the library under test must not judge its own work, and would refuse to
// make most of these.

/** Makes a signature over the signing input. */
export type Signer = (input: string) => Buffer;

/** Base64url of a text as it is, of bytes as they are, of anything else as JSON. */
export function encode(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64url');
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}

export function compact(header: unknown, claims: unknown, signer: Signer): string {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${signer(input).toString('base64url')}`;
}

export function hmac(bits: number, secret: string | Uint8Array): Signer {
  return (input) => createHmac(`sha${bits}`, secret).update(input).digest();
}

export function rsa(bits: number, key: KeyObject): Signer {
  return (input) => sign(`sha${bits}`, Buffer.from(input), key);
}

export function pss(bits: number, key: KeyObject): Signer {
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return (input) => sign(`sha${bits}`, Buffer.from(input), { key, padding, saltLength: bits / 8 });
}

export function ecdsa(bits: number, key: KeyObject): Signer {
  return (input) => sign(`sha${bits}`, Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
}

export function eddsa(key: KeyObject): Signer {
  return (input) => sign(null, Buffer.from(input), key);
}

export function fixed(bytes: Uint8Array): Signer {
  return () => Buffer.from(bytes);
}

/** The same bytes in base64url, spelled with a stray bit set in the last character. */
export function strayBits(part: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(part.at(-1) ?? '');
  const spelled = part.slice(0, -1) + (alphabet[last + 1] ?? '');
  if (!Buffer.from(spelled, 'base64url').equals(Buffer.from(part, 'base64url'))) throw new Error('not the same bytes');
  return spelled;
}
