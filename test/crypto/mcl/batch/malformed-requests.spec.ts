import { beforeAll, describe, expect, it } from '@jest/globals';

import type { BatchCoSigner } from '../../../../src/crypto/mcl/batch/batch-co-signer.js';
import type { CoSignRequest } from '../../../../src/crypto/mcl/batch/co-sign-request.js';
import { MUST_BE_REFUSED } from '../../../../src/crypto/bls0chain/known-answer-values.js';
import { encodeG2 } from '../../../../src/crypto/noble/noble-codec.js';
import { GROUP_ORDER, littleEndianBytes } from '../../../../src/crypto/bls0chain/scalar.js';
import { SecretBytes } from '../../../../src/crypto/secret-bytes.js';
import {
  outsideSubgroup,
  pointOfOrder13,
  withOtherSign,
  withUnreducedCoordinate,
} from '../../bls0chain/hostile-points.js';
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

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const secret = (bytes: Uint8Array): SecretBytes => new SecretBytes(bytes);

/** A point's bytes with a coordinate that is not reduced; tries points until one has room for it. */
function unreduced(make: () => Uint8Array): Uint8Array {
  for (;;) {
    const bytes = withUnreducedCoordinate(make(), 0);
    if (bytes !== undefined) return bytes;
  }
}

const MALFORMED: readonly [string, (request: CoSignRequest) => Partial<CoSignRequest>][] = [
  ['an empty client key', () => ({ clientKey: new Uint8Array(0) })],
  ['a client key of 63 bytes', ({ clientKey }) => ({ clientKey: clientKey.subarray(1) })],
  ['a client key of 65 bytes', ({ clientKey }) => ({ clientKey: Uint8Array.of(...clientKey, 0) })],
  ['the identity as client key', () => ({ clientKey: bytesOf(MUST_BE_REFUSED.identityOfG2) })],
  ['a client key off the twist', () => ({ clientKey: bytesOf(MUST_BE_REFUSED.offTheTwist) })],
  ['a client key outside the subgroup', () => ({ clientKey: encodeG2(outsideSubgroup(77n)) })],
  ['a client key of order 13', () => ({ clientKey: encodeG2(pointOfOrder13()) })],
  ['a client key with an unreduced coordinate', () => ({ clientKey: unreduced(() => createWallet().clientKey) })],
  ['a client key with the other sign', ({ clientKey }) => ({ clientKey: withOtherSign(clientKey) })],
  ['an empty message', () => ({ message: new Uint8Array(0) })],
  ['a message without its first byte', ({ message }) => ({ message: message.subarray(1) })],
  ['a message with a zero after it', ({ message }) => ({ message: Uint8Array.of(...message, 0) })],
  ['an empty partial', () => ({ userPartial: new Uint8Array(0) })],
  ['a partial of 31 bytes', ({ userPartial }) => ({ userPartial: userPartial.subarray(1) })],
  ['a partial of 33 bytes', ({ userPartial }) => ({ userPartial: Uint8Array.of(...userPartial, 0) })],
  ['the identity as partial', () => ({ userPartial: bytesOf(MUST_BE_REFUSED.zero) })],
  ['a partial off the curve', () => ({ userPartial: bytesOf(MUST_BE_REFUSED.offTheCurve) })],
  [
    'a partial with an unreduced coordinate',
    () => ({ userPartial: unreduced(() => requestOf(createWallet()).userPartial) }),
  ],
  ['a partial with the other sign', ({ userPartial }) => ({ userPartial: withOtherSign(userPartial) })],
  [
    'a partial that cancels the server’s',
    ({ serverShare, message }) => ({ userPartial: withOtherSign(engine.sign(serverShare, message)) }),
  ],
  ['the server’s own partial', ({ serverShare, message }) => ({ userPartial: engine.sign(serverShare, message) })],
  ['a server share of zero', () => ({ serverShare: secret(new Uint8Array(32)) })],
  ['a server share of r', () => ({ serverShare: secret(littleEndianBytes(GROUP_ORDER)) })],
  ['a server share of 31 bytes', ({ serverShare }) => ({ serverShare: secret(serverShare.expose().slice(1)) })],
];

describe('a batch co-signer', () => {
  let coSigner: BatchCoSigner;
  beforeAll(async () => {
    coSigner = await createCoSigner();
  });

  it.each(MALFORMED)('refuses %s, alone and among others, and answers those', (_, fault) => {
    const [before, request, after] = requestsOf(createWallets(2), 3);
    if (before === undefined || request === undefined || after === undefined) throw new Error('three were asked for');
    const wrong = { ...request, ...fault(request) };
    expect(coSigner.cosign([wrong])).toEqual([undefined]);
    const [first, refused, last] = hexOf(coSigner.cosign([before, wrong, after]));
    expect(refused).toBeUndefined();
    expect([first, last]).toEqual(answersAlone(engine, [before, after]));
  });

  it('answers the right ones of a batch with every fault in it', () => {
    const requests = requestsOf(createWallets(4), 2 * MALFORMED.length);
    const mixed = requests.map((request, place) => {
      const [, fault] = (place % 2 === 0 ? MALFORMED[place / 2] : undefined) ?? [];
      return { ...request, ...fault?.(request) };
    });
    const expected = answersAlone(engine, requests).map((answer, place) => (place % 2 === 0 ? undefined : answer));
    expect(hexOf(coSigner.cosign(mixed))).toEqual(expected);
  });

  it('signs nothing with a share that was wiped', () => {
    const wallet = createWallet();
    const request = requestOf(wallet);
    wallet.serverShare.wipe();
    expect(() => coSigner.cosign([request])).toThrow('already wiped');
    expect(coSigner.cosign([requestOf(createWallet())])).not.toContain(undefined);
  });
});
