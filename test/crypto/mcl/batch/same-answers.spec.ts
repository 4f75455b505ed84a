import { describe, expect, it } from '@jest/globals';

import { createBlsEngine } from '../../../../src/crypto/create-engine.js';
import { systemRandomBytes } from '../../../../src/crypto/random-bytes.js';
import {
  answersAlone,
  createCoSigner,
  createWallet,
  createWallets,
  engine,
  hexOf,
  inTurn,
  requestOf,
  requestsOf,
} from './co-sign-fixtures.js';
import type { Wallet } from './co-sign-fixtures.js';

const SIZES = [1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 31, 32, 33, 48, 63, 64];

describe.each(['lines', 'plain'] as const)('a batch co-signer with %s', (pairing) => {
  it.each([
    ['one wallet', 1],
    ['two wallets', 2],
    ['five wallets', 5],
    ['all wallets different', 64],
  ])('answers honest batches of every size as one at a time: %s', async (_, walletCount) => {
    const coSigner = await createCoSigner({ pairing });
    const wallets = createWallets(walletCount);
    for (const size of SIZES) {
      const requests = requestsOf(wallets, size);
      const answers = hexOf(coSigner.cosign(requests));
      const wholeKey = requests.map(({ message }, place) => engine.sign(inTurn(wallets, place).primary, message));
      expect(answers).toEqual(hexOf(wholeKey));
    }
  });

  it('answers random batches of right and wrong requests as one at a time', async () => {
    const coSigner = await createCoSigner({ pairing });
    const wallets = createWallets(6);
    for (const size of [1, 3, 9, 20, 64]) {
      const requests = Array.from({ length: size }, () => randomRequest(wallets));
      expect(hexOf(coSigner.cosign(requests))).toEqual(answersAlone(engine, requests));
    }
  });
});

describe('a batch co-signer', () => {
  it('answers as the engine that shares no code with it', async () => {
    const noble = await createBlsEngine('noble');
    const coSigner = await createCoSigner();
    const wallets = createWallets(3);
    const requests = Array.from({ length: 12 }, () => randomRequest(wallets));
    expect(hexOf(coSigner.cosign(requests))).toEqual(answersAlone(noble, requests));
  });

  it('answers nothing to nobody', async () => {
    expect((await createCoSigner()).cosign([])).toEqual([]);
  });

  it('takes more requests than fit into one batch', async () => {
    const coSigner = await createCoSigner({ batchMax: 3 });
    const requests = requestsOf(createWallets(2), 8);
    expect(hexOf(coSigner.cosign(requests))).toEqual(answersAlone(engine, requests));
  });

  it('takes a batch beyond the sizes at which mcl changes its way of adding up', async () => {
    const coSigner = await createCoSigner({ batchMax: 130 });
    const wallets = createWallets(2);
    for (const size of [127, 130]) {
      const requests = requestsOf(wallets, size);
      expect(hexOf(coSigner.cosign(requests))).toEqual(answersAlone(engine, requests));
    }
  });

  it.each([0, -1, 2.5])('refuses batches of at most %d', async (batchMax) => {
    await expect(createCoSigner({ batchMax })).rejects.toThrow(RangeError);
  });

  it('changes no array that it is given', async () => {
    const coSigner = await createCoSigner();
    const request = requestOf(createWallet());
    const copies = [request.clientKey, request.message, request.userPartial, request.serverShare.expose()].map(
      (bytes) => Buffer.from(bytes).toString('hex'),
    );
    coSigner.cosign([request, request]);
    expect(hexOf([request.clientKey, request.message, request.userPartial, request.serverShare.expose()])).toEqual(
      copies,
    );
  });
});

/** Right three times out of four, else with another message, another user's partial or another server's share. */
function randomRequest(wallets: readonly Wallet[]): ReturnType<typeof requestOf> {
  const [wallet, other, fault] = [...systemRandomBytes(3)].map((byte) => byte % 252);
  const request = requestOf(inTurn(wallets, wallet ?? 0));
  const stranger = requestOf(inTurn(wallets, other ?? 0));
  switch ((fault ?? 0) % 12) {
    case 0:
      return { ...request, message: stranger.message };
    case 1:
      return { ...request, userPartial: stranger.userPartial };
    case 2:
      return { ...request, serverShare: stranger.serverShare };
    default:
      return request;
  }
}
