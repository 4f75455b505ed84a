import { describe, expect, it } from '@jest/globals';

import { createBlsEngine } from '../../../../src/crypto/create-engine.js';
import { encodeHex } from '../../../../src/crypto/bls0chain/codec.js';
import { systemRandomBytes } from '../../../../src/crypto/random-bytes.js';
import { walletClient } from '../../../support/wallet-client.js';
import { FIELD_MESSAGES, FIELD_WALLET } from '../../../support/field-signing.js';
import { minus } from '../../../support/secret-arithmetic.js';
import { decodePublicKey, decodeSecretKey } from '../../../../src/crypto/bls0chain/codec.js';
import {
  answersAlone,
  createCoSigner,
  createWallet,
  createWallets,
  engine,
  hexOf,
  inTurn,
  requestOf,
} from './co-sign-fixtures.js';
import type { Wallet } from './co-sign-fixtures.js';

const LENGTHS = [32, 1, 1024, 16, 64, 32, 31, 33, 2, 63, 65, 512, 1023, 32];

/** The wallet of the field cases, split anew. */
function fieldWallet(): Wallet {
  const { userShare } = createWallet();
  const serverShare = decodeSecretKey(minus(FIELD_WALLET.private_key, encodeHex(userShare.expose())), 'server share');
  return {
    primary: decodeSecretKey(FIELD_WALLET.private_key, 'private_key'),
    clientKey: decodePublicKey(engine, FIELD_WALLET.client_key, 'client_key'),
    userShare,
    serverShare,
  };
}

describe.each(['lines', 'plain'] as const)('a batch co-signer with %s', (pairing) => {
  it('signs what wallets in the field send as the whole key signs it, all in one batch', async () => {
    const coSigner = await createCoSigner({ pairing });
    const wallet = fieldWallet();
    const requests = FIELD_MESSAGES.signed.map(({ hash }) => requestOf(wallet, Buffer.from(hash, 'hex')));
    expect(hexOf(coSigner.cosign(requests))).toEqual(FIELD_MESSAGES.signed.map(({ combined }) => combined));
  });

  it('answers messages of different lengths in one batch as one at a time, wrong ones among them', async () => {
    const coSigner = await createCoSigner({ pairing });
    const wallets = createWallets(3);
    const requests = LENGTHS.map((length, place) => requestOf(inTurn(wallets, place), systemRandomBytes(length)));
    const mixed = requests.map((request, place) =>
      place % 5 === 3 ? { ...request, message: request.message.subarray(0, -1) } : request,
    );
    const noble = await createBlsEngine('noble');
    const answers = hexOf(coSigner.cosign(mixed));
    expect(answers).toEqual(answersAlone(engine, mixed));
    expect(answers).toEqual(answersAlone(noble, mixed));
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(3);
  });
});

describe('a message of 1,025 bytes', () => {
  it('is refused although the user signed it rightly, and its neighbours are answered', async () => {
    const coSigner = await createCoSigner();
    const [client, wallet, message] = [await walletClient(), createWallet(), systemRandomBytes(1025)];
    const partial = client.sign(encodeHex(wallet.userShare.expose()), encodeHex(message));
    const tooLong = { ...requestOf(wallet), message, userPartial: Buffer.from(partial, 'hex') };
    const neighbours = [requestOf(wallet), requestOf(wallet, systemRandomBytes(1024))];
    const answers = hexOf(coSigner.cosign([...neighbours, tooLong]));
    expect(answers).toEqual([...answersAlone(engine, neighbours), undefined]);
  });
});
