import { MalformedEncodingError } from './malformed-encoding-error.js';

/**
 * The refusal of a public key. One wording for every fault, so that both engines say the same and nobody learns
 * which check stopped them.
 */
export function malformedPublicKey(field: string): MalformedEncodingError {
  return new MalformedEncodingError(field, 'must encode a point of G2 other than the identity, in canonical form');
}

/** The refusal of a signature; see {@link malformedPublicKey}. */
export function malformedSignature(field: string): MalformedEncodingError {
  return new MalformedEncodingError(field, 'must encode a point of G1 other than the identity, in canonical form');
}
