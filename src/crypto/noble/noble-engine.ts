import { SecretBytes } from '../secret-bytes.js';
import type { BlsEngine } from '../bls0chain/bls-engine.js';
import { IdentityResultError } from '../bls0chain/identity-result-error.js';
import { decodeG1, decodeG2, encodeG1, encodeG2 } from './noble-codec.js';
import { Fp12Field, G2, pairing } from './noble-curve.js';
import { hashToG1 } from './noble-hash-to-g1.js';
import {
  GROUP_ORDER,
  assertMessage,
  assertSecretScalar,
  littleEndianBytes,
  littleEndianInteger,
} from '../bls0chain/scalar.js';

/** Becomes a bigint, which JavaScript cannot wipe; the reason why this engine is the second opinion. */
function scalarOf(secret: SecretBytes): bigint {
  const bytes = secret.expose();
  assertSecretScalar(bytes, 'secret key');
  return littleEndianInteger(bytes);
}

function secretOf(scalar: bigint): SecretBytes {
  if (scalar === 0n) throw new IdentityResultError('secret key');
  return new SecretBytes(littleEndianBytes(scalar));
}

/**
 * The independent engine: noble's audited curve builders, pure TypeScript, about seven times slower than herumi's
 * and without a line of its code. Secret multiplications are noble's blinded ones, as constant-time as JavaScript's
 * bigints allow, which is not fully; secrets pass through bigints that cannot be wiped.
 */
export function createNobleEngine(): BlsEngine {
  return {
    name: 'noble',

    publicKeyOf: (secret) => encodeG2(G2.BASE.multiply(scalarOf(secret))),

    sign: (secret, message) => {
      assertMessage(message);
      return encodeG1(hashToG1(message).multiply(scalarOf(secret)));
    },

    // e(H(m), pk) · e(−sig, Q) = 1
    verify: (publicKey, message, signature) => {
      const key = decodeG2(publicKey, 'public key');
      const point = decodeG1(signature, 'signature');
      assertMessage(message);
      const product = pairing.pairingBatch([
        { g1: hashToG1(message), g2: key },
        { g1: point.negate(), g2: G2.BASE },
      ]);
      return Fp12Field.eql(product, Fp12Field.ONE);
    },

    addPublicKeys: (left, right) => {
      const sum = decodeG2(left, 'public key').add(decodeG2(right, 'public key'));
      if (sum.is0()) throw new IdentityResultError('public key');
      return encodeG2(sum);
    },

    addSignatures: (left, right) => {
      const sum = decodeG1(left, 'signature').add(decodeG1(right, 'signature'));
      if (sum.is0()) throw new IdentityResultError('signature');
      return encodeG1(sum);
    },

    addSecrets: (left, right) => secretOf((scalarOf(left) + scalarOf(right)) % GROUP_ORDER),
    subtractSecrets: (minuend, subtrahend) =>
      secretOf((scalarOf(minuend) + GROUP_ORDER - scalarOf(subtrahend)) % GROUP_ORDER),

    assertPublicKey: (bytes, field) => {
      decodeG2(bytes, field);
    },
    assertSignature: (bytes, field) => {
      decodeG1(bytes, field);
    },
  };
}
