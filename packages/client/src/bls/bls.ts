import { sha3_256 } from '@noble/hashes/sha3.js';
import { fromHex, toHex } from '../hex.js';
import { Fp12Field, G2, pairing } from './curve.js';
import { decodeG1, decodeG2, encodeG1, encodeG2 } from './encoding.js';
import { hashToG1 } from './hash-to-g1.js';
import { secretScalar } from './scalar.js';

/**
 * bls0chain as a wallet needs it: BLS on the curve that herumi's mcl calls BN254 (CurveFp254BNb), which is *not*
 * Ethereum's alt_bn128, by noble's audited curve builders. Public keys are 64 bytes (G2), signatures 32 (G1), secret keys
 * 32, little-endian; all in mcl's own serialisation. No WebAssembly, so it runs where a page forbids it.
 */

/** Bytes of a message: at least one. */
export const MAX_MESSAGE_BYTES = 1024;

/** The signature, 32 bytes, of a secret key over 1 to 1,024 bytes. Throws a RangeError for what is neither. */
export function sign(secretKey: Uint8Array, message: Uint8Array): Uint8Array {
  assertMessage(message);
  return encodeG1(hashToG1(message).multiply(secretScalar(secretKey)));
}

/** The public key, 64 bytes, of a secret key. Throws a RangeError for what is none. */
export function publicKeyOf(secretKey: Uint8Array): Uint8Array {
  return encodeG2(G2.BASE.multiply(secretScalar(secretKey)));
}

/** Whether it is the public key's signature over the message. False also for what is no key, signature or message. */
export function verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    assertMessage(message);
    // e(H(m), pk) · e(−sig, Q) = 1
    const product = pairing.pairingBatch([
      { g1: hashToG1(message), g2: decodeG2(publicKey) },
      { g1: decodeG1(signature).negate(), g2: G2.BASE },
    ]);
    return Fp12Field.eql(product, Fp12Field.ONE);
  } catch {
    return false;
  }
}

/** The public key of the sum of two secret keys. Throws a RangeError for what is no key, or where they cancel out. */
export function addPublicKeys(left: Uint8Array, right: Uint8Array): Uint8Array {
  const sum = decodeG2(left).add(decodeG2(right));
  if (sum.is0()) throw new RangeError('the two public keys cancel out');
  return encodeG2(sum);
}

/** The client id of a client key, both hexadecimal: SHA3-256 of its 64 bytes. Throws a RangeError for what is no hex. */
export function clientIdOf(clientKeyHex: string): string {
  return toHex(sha3_256(fromHex(clientKeyHex)));
}

function assertMessage(message: Uint8Array): void {
  if (message.length < 1 || message.length > MAX_MESSAGE_BYTES) {
    throw new RangeError(`a message must be 1 to ${MAX_MESSAGE_BYTES} bytes`);
  }
}
