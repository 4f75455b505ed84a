import { SecretBytes } from '../secret-bytes.js';
import type { BlsEngine } from '../bls0chain/bls-engine.js';
import { IdentityResultError } from '../bls0chain/identity-result-error.js';
import { MclCodec } from './mcl-codec.js';
import { inMclFrame } from './mcl-frame.js';
import type { MclFrame } from './mcl-frame.js';
import { loadGenerator } from './mcl-generator.js';
import { MCL_SIZES } from './mcl-module.js';
import type { MclModule, Pointer } from './mcl-module.js';
import { assertMessage } from '../bls0chain/scalar.js';

/**
 * The fast engine: herumi's own mcl, compiled to WebAssembly (npm mcl-wasm), which is what wallets and the chain
 * use. Secret multiplications are mcl's constant-time ones. Secrets go in as bytes, and WebAssembly's stack is
 * overwritten after every call (see `mcl-frame.ts`); what V8 does with its own copies is beyond us.
 *
 * `mod` is a fresh module from `loadMclModule`. Throws if its generator is not the chain's.
 */
export function createHerumiEngine(mod: MclModule): BlsEngine {
  const codec = new MclCodec(mod);
  const generator = loadGenerator(mod);

  const hashToG1 = (frame: MclFrame, message: Uint8Array): Pointer => {
    assertMessage(message);
    const point = frame.allocate(MCL_SIZES.g1);
    const failed = mod._mclBnG1_hashAndMapTo(point, frame.put(message), message.length);
    if (failed !== 0) throw new Error('the message has no image in G1');
    return point;
  };

  const combineSecrets = (
    operation: '_mclBnFr_add' | '_mclBnFr_sub',
    left: SecretBytes,
    right: SecretBytes,
  ): SecretBytes =>
    inMclFrame(mod, (frame) => {
      const result = frame.allocate(MCL_SIZES.fr);
      mod[operation](result, codec.secret(frame, left), codec.secret(frame, right));
      if (mod._mclBnFr_isZero(result) === 1) throw new IdentityResultError('secret key');
      return new SecretBytes(codec.secretBytes(frame, result));
    });

  return {
    name: 'herumi',

    publicKeyOf: (secret) =>
      inMclFrame(mod, (frame) => {
        const product = frame.allocate(MCL_SIZES.g2);
        mod._mclBnG2_mulCT(product, generator.point, codec.secret(frame, secret));
        return codec.g2Bytes(frame, product);
      }),

    sign: (secret, message) =>
      inMclFrame(mod, (frame) => {
        const product = frame.allocate(MCL_SIZES.g1);
        mod._mclBnG1_mulCT(product, hashToG1(frame, message), codec.secret(frame, secret));
        return codec.g1Bytes(frame, product);
      }),

    // e(H(m), pk) · e(−sig, Q) = 1, with the lines of Q computed once.
    verify: (publicKey, message, signature) =>
      inMclFrame(mod, (frame) => {
        const key = codec.g2(frame, publicKey, 'public key');
        const hashed = hashToG1(frame, message);
        const negated = frame.allocate(MCL_SIZES.g1);
        mod._mclBnG1_neg(negated, codec.g1(frame, signature, 'signature'));
        const product = frame.allocate(MCL_SIZES.gt);
        mod._mclBn_precomputedMillerLoop2mixed(product, hashed, key, negated, generator.lines);
        const reduced = frame.allocate(MCL_SIZES.gt);
        mod._mclBn_finalExp(reduced, product);
        return mod._mclBnGT_isOne(reduced) === 1;
      }),

    addPublicKeys: (left, right) =>
      inMclFrame(mod, (frame) => {
        const sum = frame.allocate(MCL_SIZES.g2);
        mod._mclBnG2_add(sum, codec.g2(frame, left, 'public key'), codec.g2(frame, right, 'public key'));
        if (mod._mclBnG2_isZero(sum) === 1) throw new IdentityResultError('public key');
        return codec.g2Bytes(frame, sum);
      }),

    addSignatures: (left, right) =>
      inMclFrame(mod, (frame) => {
        const sum = frame.allocate(MCL_SIZES.g1);
        mod._mclBnG1_add(sum, codec.g1(frame, left, 'signature'), codec.g1(frame, right, 'signature'));
        if (mod._mclBnG1_isZero(sum) === 1) throw new IdentityResultError('signature');
        return codec.g1Bytes(frame, sum);
      }),

    addSecrets: (left, right) => combineSecrets('_mclBnFr_add', left, right),
    subtractSecrets: (minuend, subtrahend) => combineSecrets('_mclBnFr_sub', minuend, subtrahend),

    assertPublicKey: (bytes, field) => {
      inMclFrame(mod, (frame) => codec.g2(frame, bytes, field));
    },
    assertSignature: (bytes, field) => {
      inMclFrame(mod, (frame) => codec.g1(frame, bytes, field));
    },
  };
}
