import { KNOWN_SPLIT, KNOWN_UPLOAD } from '../../bls0chain/known-answer-values.js';
import { inMclFrame } from '../mcl-frame.js';
import type { MclFrame } from '../mcl-frame.js';
import { MCL_SIZES } from '../mcl-module.js';
import type { Pointer } from '../mcl-module.js';
import { SecretBytes } from '../../secret-bytes.js';
import type { CoSignRequest } from './co-sign-request.js';
import type { MclRawParts } from './mcl-raw-parts.js';
import type { PairingProduct } from './pairing-product.js';

/** The most factors that {@link assertSameProducts} multiplies. */
export const FACTORS_OF_SELF_TEST = 3;

/**
 * Throws unless the product agrees with mcl's own pairings, multiplied one by one, for no factor up to three: odd and
 * even numbers, different keys, points that are not affine. That pins the order, layout and meaning of mcl's lines.
 * `generator` is Q in mcl's representation.
 */
export function assertSameProducts(mod: MclRawParts, product: PairingProduct, generator: Pointer): void {
  inMclFrame(mod, (frame) => {
    const factors = Array.from({ length: FACTORS_OF_SELF_TEST }, (_, index) =>
      knownFactor(mod, frame, generator, index),
    );
    const prepared = factors.map(({ point, key }) => ({
      point,
      key: product.prepare(mod.HEAP8.slice(key, key + MCL_SIZES.g2)),
    }));
    const [expected, actual] = [frame.allocate(MCL_SIZES.gt), frame.allocate(MCL_SIZES.gt)];
    mod._mclBnGT_setInt32(expected, 1);
    for (let count = 0; count <= FACTORS_OF_SELF_TEST; count++) {
      const last = factors[count - 1];
      if (last !== undefined) multiplyByPairing(mod, frame, expected, last);
      product.multiply(actual, prepared.slice(0, count));
      const isTrivial = mod._mclBnGT_isOne(expected) === 1;
      if (isTrivial !== (count === 0) || mod._mclBnGT_isEqual(expected, actual) !== 1) {
        throw new Error('the product of pairings differs from mcl-wasm’s own');
      }
    }
  });
}

/** Throws unless published split keys are co-signed, messages of any length, and a wrong partial among them refused. */
export function assertCoSigns(cosign: (requests: readonly CoSignRequest[]) => (Uint8Array | undefined)[]): void {
  const hash = requestOf({ ...KNOWN_SPLIT, message: KNOWN_SPLIT.hash });
  const forged = { ...hash, userPartial: Buffer.from(KNOWN_SPLIT.serverPartial, 'hex') };
  const uploads = KNOWN_UPLOAD.messages.map((known) => requestOf({ ...KNOWN_UPLOAD, ...known }));
  const expected = [KNOWN_SPLIT.combined, undefined, ...KNOWN_UPLOAD.messages.map(({ combined }) => combined)];
  const answers = cosign([hash, forged, ...uploads]);
  if (!expected.every((combined, place) => combined === hexOf(answers[place]))) {
    throw new Error('a published signature does not come out right');
  }
}

interface KnownRequest {
  readonly clientKey: string;
  readonly message: string;
  readonly userPartial: string;
  readonly serverShare: string;
}

function requestOf({ clientKey, message, userPartial, serverShare }: KnownRequest): CoSignRequest {
  return {
    clientKey: Buffer.from(clientKey, 'hex'),
    message: Buffer.from(message, 'hex'),
    userPartial: Buffer.from(userPartial, 'hex'),
    serverShare: new SecretBytes(Uint8Array.from(Buffer.from(serverShare, 'hex'))),
  };
}

function hexOf(answer: Uint8Array | undefined): string | undefined {
  return answer === undefined ? undefined : Buffer.from(answer).toString('hex');
}

interface KnownFactor {
  readonly point: Pointer;
  readonly key: Pointer;
}

/** 2·H(index) and 2^index·Q: in both groups points in coordinates that are not affine. */
function knownFactor(mod: MclRawParts, frame: MclFrame, generator: Pointer, index: number): KnownFactor {
  const point = frame.allocate(MCL_SIZES.g1);
  mod._mclBnG1_hashAndMapTo(point, frame.put(Uint8Array.of(index)), 1);
  mod._mclBnG1_dbl(point, point);
  const key = frame.allocate(MCL_SIZES.g2);
  mod.HEAP8.copyWithin(key, generator, generator + MCL_SIZES.g2);
  for (let doubling = 0; doubling < index; doubling++) mod._mclBnG2_dbl(key, key);
  return { point, key };
}

function multiplyByPairing(mod: MclRawParts, frame: MclFrame, product: Pointer, { point, key }: KnownFactor): void {
  const pairing = frame.allocate(MCL_SIZES.gt);
  mod._mclBn_millerLoopVec(pairing, point, key, 1);
  mod._mclBn_finalExp(pairing, pairing);
  mod._mclBnGT_mul(product, product, pairing);
}
