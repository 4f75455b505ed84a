import { GENERATOR_HEX } from '../bls0chain/group-generator.js';
import { MclCodec } from './mcl-codec.js';
import { inMclFrame } from './mcl-frame.js';
import { MCL_SIZES } from './mcl-module.js';
import type { MclModule, Pointer } from './mcl-module.js';

/** The generator Q of G2 and its lines for the Miller loop, both kept in WebAssembly's heap for good. */
export interface MclGenerator {
  readonly point: Pointer;
  readonly lines: Pointer;
}

/**
 * Takes Q from where herumi's library has it (the image of 1 under the map to G2), so that a changed mcl cannot
 * silently give every wallet another public key. Throws unless that is the pinned {@link GENERATOR_HEX}.
 */
export function loadGenerator(mod: MclModule): MclGenerator {
  const point = mod._malloc(MCL_SIZES.g2);
  const lines = mod._malloc(8 * mod._mclBn_getUint64NumToPrecompute());
  const encoded = inMclFrame(mod, (frame) => {
    const one = frame.allocate(MCL_SIZES.fp2);
    mod._mclBnFp2_clear(one);
    mod._mclBnFp_setInt32(one, 1);
    mod._mclBnFp2_mapToG2(point, one);
    mod._mclBn_precomputeG2(lines, point);
    return new MclCodec(mod).g2Bytes(frame, point);
  });
  if (Buffer.from(encoded).toString('hex') !== GENERATOR_HEX) {
    throw new Error('mcl-wasm has another generator of G2 than the chain');
  }
  return { point, lines };
}
