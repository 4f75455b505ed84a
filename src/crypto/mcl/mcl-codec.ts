import { timingSafeEqual } from 'node:crypto';

import { unmovedCopy } from '../secret-bytes.js';
import type { SecretBytes } from '../secret-bytes.js';
import { PUBLIC_KEY_BYTES, SECRET_KEY_BYTES, SIGNATURE_BYTES } from '../bls0chain/bls-engine.js';
import type { MclFrame } from './mcl-frame.js';
import { MCL_SIZES } from './mcl-module.js';
import type { MclModule, Pointer } from './mcl-module.js';
import { malformedPublicKey, malformedSignature } from '../bls0chain/malformed-encoding-error.js';
import { assertSecretScalar } from '../bls0chain/scalar.js';

/**
 * Between bytes and mcl's own representation, inside one frame. mcl accepts zero and the identity: refused here. It
 * is not known to accept any second encoding of a point, but every point is encoded again to be sure.
 */
export class MclCodec {
  readonly #mod: MclModule;

  constructor(mod: MclModule) {
    this.#mod = mod;
  }

  /** A secret key as Fr. Throws `MalformedEncodingError` (field `secret key`) for zero and ≥ r. */
  secret(frame: MclFrame, secret: SecretBytes): Pointer {
    const bytes = secret.expose();
    assertSecretScalar(bytes, 'secret key');
    const scalar = frame.allocate(MCL_SIZES.fr);
    if (this.#mod._mclBnFr_deserialize(scalar, frame.put(bytes), SECRET_KEY_BYTES) !== SECRET_KEY_BYTES) {
      throw new Error('mcl refused a scalar below the group order');
    }
    return scalar;
  }

  secretBytes(frame: MclFrame, scalar: Pointer): Uint8Array {
    const buffer = frame.allocate(SECRET_KEY_BYTES);
    const written = this.#mod._mclBnFr_serialize(buffer, SECRET_KEY_BYTES, scalar);
    const read = this.#written(frame, buffer, written, SECRET_KEY_BYTES);
    const bytes = unmovedCopy(read);
    read.fill(0);
    return bytes;
  }

  /** A signature as a point of G1 (cofactor 1: on the curve is in the group). */
  g1(frame: MclFrame, bytes: Uint8Array, field: string): Pointer {
    if (bytes.length !== SIGNATURE_BYTES) throw malformedSignature(field);
    const point = frame.allocate(MCL_SIZES.g1);
    const read = this.#mod._mclBnG1_deserialize(point, frame.put(bytes), SIGNATURE_BYTES);
    if (read !== SIGNATURE_BYTES || this.#mod._mclBnG1_isZero(point) === 1) throw malformedSignature(field);
    if (!timingSafeEqual(this.g1Bytes(frame, point), bytes)) throw malformedSignature(field);
    return point;
  }

  g1Bytes(frame: MclFrame, point: Pointer): Uint8Array {
    const buffer = frame.allocate(SIGNATURE_BYTES);
    return this.#written(frame, buffer, this.#mod._mclBnG1_serialize(buffer, SIGNATURE_BYTES, point), SIGNATURE_BYTES);
  }

  /** A public key as a point of G2; mcl itself checks the order, which `loadMclModule` switches on. */
  g2(frame: MclFrame, bytes: Uint8Array, field: string): Pointer {
    if (bytes.length !== PUBLIC_KEY_BYTES) throw malformedPublicKey(field);
    const point = frame.allocate(MCL_SIZES.g2);
    const read = this.#mod._mclBnG2_deserialize(point, frame.put(bytes), PUBLIC_KEY_BYTES);
    if (read !== PUBLIC_KEY_BYTES || this.#mod._mclBnG2_isZero(point) === 1) throw malformedPublicKey(field);
    if (!timingSafeEqual(this.g2Bytes(frame, point), bytes)) throw malformedPublicKey(field);
    return point;
  }

  g2Bytes(frame: MclFrame, point: Pointer): Uint8Array {
    const buffer = frame.allocate(PUBLIC_KEY_BYTES);
    return this.#written(
      frame,
      buffer,
      this.#mod._mclBnG2_serialize(buffer, PUBLIC_KEY_BYTES, point),
      PUBLIC_KEY_BYTES,
    );
  }

  #written(frame: MclFrame, buffer: Pointer, written: number, expected: number): Uint8Array {
    if (written !== expected) throw new Error('mcl wrote an encoding of another length');
    return frame.read(buffer, expected);
  }
}
