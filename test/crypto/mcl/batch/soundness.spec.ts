import { beforeAll, describe, expect, it } from '@jest/globals';

import type { BatchCoSigner } from '../../../../src/crypto/mcl/batch/batch-co-signer.js';
import type { CoSignRequest } from '../../../../src/crypto/mcl/batch/co-sign-request.js';
import { systemRandomBytes } from '../../../../src/crypto/random-bytes.js';
import { withOtherSign } from '../../bls0chain/hostile-points.js';
import {
  answersAlone,
  createCoSigner,
  createWallet,
  createWallets,
  engine,
  hexOf,
  requestOf,
  requestsOf,
} from './co-sign-fixtures.js';

/** The request with a point added to its user partial. */
function shifted(request: CoSignRequest, by: Uint8Array): CoSignRequest {
  return { ...request, userPartial: engine.addSignatures(request.userPartial, by) };
}

function randomPoint(): Uint8Array {
  return engine.sign(createWallet().primary, systemRandomBytes(32));
}

function two(wallets: number): [CoSignRequest, CoSignRequest] {
  const [first, second] = requestsOf(createWallets(wallets), 2);
  if (first === undefined || second === undefined) throw new Error('two requests were asked for');
  return [first, second];
}

describe('a batch co-signer', () => {
  let coSigner: BatchCoSigner;
  beforeAll(async () => {
    coSigner = await createCoSigner();
  });

  it('releases nothing for a forged partial, and the rest', () => {
    const [right, other] = two(2);
    const forged = { ...right, userPartial: randomPoint() };
    expect(hexOf(coSigner.cosign([forged, other, right]))).toEqual(answersAlone(engine, [forged, other, right]));
    expect(coSigner.cosign([forged])).toEqual([undefined]);
  });

  it('releases nothing for the whole key’s own signature taken as a partial', () => {
    const wallet = createWallet();
    const request = requestOf(wallet);
    const whole = { ...request, userPartial: engine.sign(wallet.primary, request.message) };
    expect(coSigner.cosign([whole, whole])).toEqual([undefined, undefined]);
  });

  it.each([
    ['of one wallet', 1],
    ['of two wallets', 2],
  ])('releases nothing for swapped partials %s', (_, wallets) => {
    const [first, second] = two(wallets);
    const swapped = [
      { ...first, userPartial: second.userPartial },
      { ...second, userPartial: first.userPartial },
    ];
    expect(coSigner.cosign(swapped)).toEqual([undefined, undefined]);
    expect(coSigner.cosign([...swapped, first]).map((answer) => answer !== undefined)).toEqual([false, false, true]);
  });

  it.each([
    ['of one wallet', 1],
    ['of two wallets', 2],
  ])('releases nothing for a cancelling pair (sig₀ + D, sig₁ − D) %s', (_, wallets) => {
    const [first, second] = two(wallets);
    const difference = randomPoint();
    const pair = [shifted(first, difference), shifted(second, withOtherSign(difference))];
    expect(coSigner.cosign(pair)).toEqual([undefined, undefined]);
    expect(coSigner.cosign([...pair, first]).map((answer) => answer !== undefined)).toEqual([false, false, true]);
    expect(coSigner.cosign([first, ...pair]).map((answer) => answer !== undefined)).toEqual([true, false, false]);
  });

  it.each([
    ['of one wallet', 1],
    ['of two wallets', 2],
  ])('would release a cancelling pair %s if the coefficients could be foreseen', async (_, wallets) => {
    // The first coefficient is 1, and now all others are.
    const ones = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => Number(index % 16 === 0));
    const rigged = await createCoSigner({ random: ones });
    const [first, second] = two(wallets);
    const difference = randomPoint();
    const pair = [shifted(first, difference), shifted(second, withOtherSign(difference))];
    expect(rigged.cosign(pair)).not.toContain(undefined);
  });

  it('releases nothing for three wrong partials that add up to right ones', () => {
    const [first, second, third] = requestsOf(createWallets(1), 3);
    if (first === undefined || second === undefined || third === undefined) throw new Error('three were asked for');
    const once = randomPoint();
    const twiceBack = withOtherSign(engine.addSignatures(once, once));
    expect(coSigner.cosign([shifted(first, once), shifted(second, once), shifted(third, twiceBack)])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('answers each of several identical requests, right or wrong', () => {
    const [right, wrong] = [requestOf(createWallet()), { ...requestOf(createWallet()), userPartial: randomPoint() }];
    const requests = [right, wrong, right, right, wrong];
    expect(hexOf(coSigner.cosign(requests))).toEqual(answersAlone(engine, requests));
  });

  it.each([
    ['one wallet', 1],
    ['seven wallets', 7],
  ])('finds one wrong partial among 63 at every position: %s', (_, wallets) => {
    const honest = requestsOf(createWallets(wallets), 63);
    const right = answersAlone(engine, honest);
    const wrong = { ...requestOf(createWallet()), userPartial: randomPoint() };
    for (const [position, request] of honest.entries()) {
      const requests = honest.with(position, { ...request, userPartial: wrong.userPartial });
      expect(hexOf(coSigner.cosign(requests))).toEqual(right.with(position, undefined));
    }
  });

  it('releases nothing when all are wrong', () => {
    const requests = requestsOf(createWallets(5), 33).map((request) => shifted(request, request.userPartial));
    expect(coSigner.cosign(requests)).toEqual(requests.map(() => undefined));
  });
});
