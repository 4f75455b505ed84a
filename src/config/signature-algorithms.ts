import type { KeyObject } from 'node:crypto';

/** The token algorithms that a shared secret can check (RFC 7518 section 3.2). */
export const SECRET_ALGORITHMS = ['HS256', 'HS384', 'HS512'] as const;

const RSA_PKCS1_ALGORITHMS = ['RS256', 'RS384', 'RS512'] as const;
const RSA_PSS_ALGORITHMS = ['PS256', 'PS384', 'PS512'] as const;

/** RFC 8037 section 3.1 as JWT libraries have written it for years, and RFC 9864 section 2.2, which names the curve. */
const ED25519_ALGORITHMS = ['EdDSA', 'Ed25519'] as const;

/** RFC 7518 section 3.4: each ES algorithm belongs to one curve. Curve names as OpenSSL has them. */
const ALGORITHM_OF_CURVE: Readonly<Record<string, readonly ['ES256' | 'ES384' | 'ES512']>> = {
  prime256v1: ['ES256'],
  secp384r1: ['ES384'],
  secp521r1: ['ES512'],
};

/** The least RSA modulus that RFC 7518 sections 3.3 and 3.5 allow, in bits. */
const LEAST_RSA_BITS = 2048;

/** A token algorithm, spelled as registered (RFC 7518 section 3.1); letter case matters. */
export type SignatureAlgorithm =
  | (typeof SECRET_ALGORITHMS)[number]
  | (typeof RSA_PKCS1_ALGORITHMS)[number]
  | (typeof RSA_PSS_ALGORITHMS)[number]
  | (typeof ED25519_ALGORITHMS)[number]
  | 'ES256'
  | 'ES384'
  | 'ES512';

/** Every algorithm that a token may name; `none` is not one. */
export const SIGNATURE_ALGORITHMS: readonly SignatureAlgorithm[] = [
  ...SECRET_ALGORITHMS,
  ...RSA_PKCS1_ALGORITHMS,
  ...RSA_PSS_ALGORITHMS,
  'ES256',
  'ES384',
  'ES512',
  ...ED25519_ALGORITHMS,
];

/**
 * The algorithms that a public key is pinned to, by its own type and nothing that a token says; empty for a key
 * that may check no token (private, secret, too short, another curve or kind, Ed448 among them).
 */
export function algorithmsOf(key: KeyObject): readonly SignatureAlgorithm[] {
  if (key.type !== 'public') return [];
  const { asymmetricKeyType: kind, asymmetricKeyDetails: details } = key;
  if (kind === 'ec') return ALGORITHM_OF_CURVE[details?.namedCurve ?? ''] ?? [];
  if (kind === 'ed25519') return ED25519_ALGORITHMS;
  // A key of the kind RSA-PSS is none that WebCrypto takes; PS256 to PS512 go with a plain RSA key.
  return kind === 'rsa' && isStrongRsa(details) ? [...RSA_PKCS1_ALGORITHMS, ...RSA_PSS_ALGORITHMS] : [];
}

/** With the exponent 1 every message is its own signature. */
function isStrongRsa(details: KeyObject['asymmetricKeyDetails']): boolean {
  return (details?.modulusLength ?? 0) >= LEAST_RSA_BITS && (details?.publicExponent ?? 1n) > 1n;
}
