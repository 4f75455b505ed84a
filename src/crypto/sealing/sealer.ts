import type { SecretBytes } from '../secret-bytes.js';
import type { SealedPlace } from './sealed-place.js';

/**
 * Puts secrets into envelopes that may lie in a database, and takes them out again.
 *
 * Whoever seals depends on this interface alone. It is synchronous, and a curve worker makes one of its own from the ring
 * that it was handed: what wraps the data keys, hardware perhaps, is asked at the start alone.
 */
export interface Sealer {
  /** Which data key seals here: 16 lower-case hexadecimal characters, fit for logs, unequal for unequal keys. */
  readonly keyId: string;

  /**
   * An envelope around a copy of `plaintext`, in an array of its own; sealing twice never gives the same bytes.
   * The plaintext stays the caller's to wipe. Throws `RangeError` for a place that cannot be encoded.
   */
  seal(plaintext: SecretBytes, place: SealedPlace): Uint8Array;

  /**
   * What was sealed, for the caller to wipe. Throws `SealedValueError`, always with the same message, when the
   * envelope is not exactly one that a key of this ring sealed for this place.
   */
  open(envelope: Uint8Array, place: SealedPlace): SecretBytes;
}
