import { createRequire } from 'node:module';

import { beforeAll, describe, expect, it } from '@jest/globals';

import { encodeSecretKey } from '../../../src/crypto/bls0chain/codec.js';
import { expectAgreement } from './engine-agreement.js';

/** The part of bls-wasm, which has no typings, that gives a third opinion. */
interface BlsWasm {
  readonly BN254: number;
  readonly SecretKey: new () => {
    deserializeHexStr(hex: string): void;
    getPublicKey(): { serializeToHexStr(): string };
    sign(message: Uint8Array): { serializeToHexStr(): string };
  };
  init(curve: number): Promise<void>;
}

const bls = createRequire(import.meta.url)('bls-wasm') as BlsWasm;
const HALF_AN_HOUR_MILLISECONDS = 30 * 60 * 1000;

describe('the two engines', () => {
  beforeAll(async () => {
    await bls.init(bls.BN254);
  });

  it(
    'agree byte for byte on 5,000 random inputs, with each other and with bls-wasm',
    async () => {
      await expectAgreement(5_000, ({ secret, message }, outcome) => {
        const third = new bls.SecretKey();
        third.deserializeHexStr(encodeSecretKey(secret));
        expect(third.getPublicKey().serializeToHexStr()).toBe(outcome.publicKey);
        expect(third.sign(message).serializeToHexStr()).toBe(outcome.signature);
      });
    },
    HALF_AN_HOUR_MILLISECONDS,
  );
});
