import type { SecretBytes } from '../secret-bytes.js';

/** Bytes of a secret key: an unsigned little-endian integer in [1, r). */
export const SECRET_KEY_BYTES = 32;
/** Bytes of a public key: a compressed point of G2. */
export const PUBLIC_KEY_BYTES = 64;
/** Bytes of a signature, whole, partial or combined: a compressed point of G1. */
export const SIGNATURE_BYTES = 32;
/** Bytes of a transaction's hash. */
export const HASH_BYTES = 32;
/** The most bytes of a message, which has at least one. A transaction's hash is a message like any other. */
export const MAX_MESSAGE_BYTES = 1024;

/** The implementations of {@link BlsEngine}. */
export type BlsEngineName = 'herumi' | 'noble';

/**
 * The arithmetic of bls0chain: BLS on the curve that herumi's mcl calls BN254 (CurveFp254BNb), which is *not*
 * Ethereum's alt_bn128. Public keys live in G2, signatures in G1; points and scalars are bytes in mcl's own
 * serialisation (see the size constants above). Every operation is synchronous and deterministic, and no array is
 * kept or changed.
 *
 * How it fails, in every implementation: bytes that do not encode what they should throw
 * `MalformedEncodingError` (field `secret key`, `public key`, `signature` or `message`, unless the caller names
 * one); an equation that does not hold returns `false`; a sum or difference that would be the identity or zero
 * throws `IdentityResultError`. Malformed means: wrong length, zero or ≥ r, the identity, off the curve, outside
 * the subgroup of order r, or any encoding other than the one canonical one.
 *
 * It proves no possession: adding public keys of strangers is the caller's risk (rogue keys). Here only the two
 * halves of one split key are ever added.
 */
export interface BlsEngine {
  readonly name: BlsEngineName;

  /** The public key (64 bytes) of a secret key. */
  publicKeyOf(secret: SecretBytes): Uint8Array;

  /** The signature (32 bytes) over a message of 1 to 1,024 bytes: unique, so there is only one valid answer. */
  sign(secret: SecretBytes, message: Uint8Array): Uint8Array;

  /** Whether the signature is the public key's over the message. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;

  /** The public key of the sum of two secrets. */
  addPublicKeys(left: Uint8Array, right: Uint8Array): Uint8Array;

  /** The signature that the sum of two secrets makes, from the two signatures over the same message. */
  addSignatures(left: Uint8Array, right: Uint8Array): Uint8Array;

  /** left + right mod r. */
  addSecrets(left: SecretBytes, right: SecretBytes): SecretBytes;

  /** minuend − subtrahend mod r. */
  subtractSecrets(minuend: SecretBytes, subtrahend: SecretBytes): SecretBytes;

  /** Throws `MalformedEncodingError` with `field` unless the bytes are the canonical encoding of a public key. */
  assertPublicKey(bytes: Uint8Array, field: string): void;

  /** Throws `MalformedEncodingError` with `field` unless the bytes are the canonical encoding of a signature. */
  assertSignature(bytes: Uint8Array, field: string): void;
}
