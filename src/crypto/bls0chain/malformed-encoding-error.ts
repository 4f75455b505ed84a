import { MalformedInputError } from '../../errors/malformed-input-error.js';

/**
 * Text or bytes that do not encode what their field should hold. The message names the field and the rule, for
 * example `private_key: must be 64 hexadecimal characters`; it never contains the refused value.
 */
export class MalformedEncodingError extends MalformedInputError {
  readonly reason: string;

  constructor(field: string, reason: string) {
    super(field, `${field}: ${reason}`);
    this.name = 'MalformedEncodingError';
    this.reason = reason;
  }
}

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
