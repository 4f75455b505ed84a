import { describe, expect, it } from '@jest/globals';

import type { BlsEngine } from '../../../src/crypto/bls0chain/bls-engine.js';
import { encodeHex, encodeSecretKey } from '../../../src/crypto/bls0chain/codec.js';
import { combineVerified, sharesMakeClientKey } from '../../../src/crypto/bls0chain/combine.js';
import { IdentityResultError } from '../../../src/crypto/bls0chain/identity-result-error.js';
import { generateSecretKey } from '../../../src/crypto/bls0chain/generate-secret-key.js';
import { systemRandomBytes } from '../../../src/crypto/random-bytes.js';
import { GROUP_ORDER, littleEndianBytes } from '../../../src/crypto/bls0chain/scalar.js';
import { splitSecretKey } from '../../../src/crypto/bls0chain/split-secret-key.js';
import { SecretBytes } from '../../../src/crypto/secret-bytes.js';
import { describeEachEngine } from './engines.js';

const ROUNDS = 8;

function freshSplit(engine: BlsEngine) {
  const primary = generateSecretKey();
  const { userShare, serverShare } = splitSecretKey(engine, primary);
  const message = systemRandomBytes(32);
  return {
    primary,
    userShare,
    serverShare,
    message,
    clientKey: engine.publicKeyOf(primary),
    userKey: engine.publicKeyOf(userShare),
    serverKey: engine.publicKeyOf(serverShare),
    userPartial: engine.sign(userShare, message),
    serverPartial: engine.sign(serverShare, message),
  };
}

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  return bytes.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
}

/** The same point with the other y. */
const negated = (point: Uint8Array): Uint8Array => flipped(point, 8 * point.length - 1);

const scalar = (integer: bigint): SecretBytes => new SecretBytes(littleEndianBytes(integer));

describe('a split key', () => {
  describeEachEngine((engine) => {
    it('signs as the whole key does, byte for byte', () => {
      for (let round = 0; round < ROUNDS; round++) {
        const split = freshSplit(engine());
        const combined = combineVerified(engine(), split);
        expect(combined && encodeHex(combined)).toBe(encodeHex(engine().sign(split.primary, split.message)));
        expect(encodeSecretKey(engine().addSecrets(split.userShare, split.serverShare))).toBe(
          encodeSecretKey(split.primary),
        );
        expect(sharesMakeClientKey(engine(), [split.userKey, split.serverKey], split.clientKey)).toBe(true);
      }
    });

    it('verifies neither half alone', () => {
      for (let round = 0; round < ROUNDS; round++) {
        const { clientKey, message, userPartial, serverPartial } = freshSplit(engine());
        expect(engine().verify(clientKey, message, userPartial)).toBe(false);
        expect(engine().verify(clientKey, message, serverPartial)).toBe(false);
      }
    });

    it('verifies no other message, whichever bit differs', () => {
      const { primary, clientKey, message } = freshSplit(engine());
      const whole = engine().sign(primary, message);
      expect(engine().verify(clientKey, message, whole)).toBe(true);
      for (const bit of [0, 7, 8, 100, 255]) {
        expect(engine().verify(clientKey, flipped(message, bit), whole)).toBe(false);
      }
    });

    it('gives nothing for a share of another split, another key or another message', () => {
      const split = freshSplit(engine());
      const other = freshSplit(engine());
      const resplit = splitSecretKey(engine(), split.primary);
      for (const wrong of [
        { ...split, userPartial: other.userPartial },
        { ...split, serverPartial: other.serverPartial },
        { ...split, clientKey: other.clientKey },
        { ...split, clientKey: split.userKey },
        { ...split, message: other.message },
        { ...split, userPartial: split.serverPartial },
        { ...split, userPartial: engine().sign(split.userShare, other.message) },
        { ...split, userPartial: engine().sign(resplit.userShare, split.message) },
        { ...split, userPartial: engine().sign(split.primary, split.message) },
        { ...split, userPartial: negated(split.userPartial) },
      ]) {
        expect(combineVerified(engine(), wrong)).toBeUndefined();
      }
      expect(sharesMakeClientKey(engine(), [split.userKey, other.serverKey], split.clientKey)).toBe(false);
      expect(sharesMakeClientKey(engine(), [split.clientKey, split.serverKey], split.clientKey)).toBe(false);
    });

    it('makes nothing of halves that cancel out', () => {
      const split = freshSplit(engine());
      const cancelling = { ...split, userPartial: negated(split.serverPartial) };
      expect(() => engine().addSignatures(cancelling.userPartial, split.serverPartial)).toThrow(IdentityResultError);
      expect(combineVerified(engine(), cancelling)).toBeUndefined();
      expect(() => engine().addPublicKeys(split.userKey, negated(split.userKey))).toThrow(IdentityResultError);
      expect(sharesMakeClientKey(engine(), [split.userKey, negated(split.userKey)], split.clientKey)).toBe(false);
      expect(() => engine().subtractSecrets(split.primary, split.primary)).toThrow(IdentityResultError);
      expect(() => engine().addSecrets(scalar(1n), scalar(GROUP_ORDER - 1n))).toThrow(IdentityResultError);
    });

    it('refuses a random source that repeats the primary secret', () => {
      const primary = generateSecretKey();
      const repeating = (): Uint8Array => Uint8Array.from(primary.expose());
      expect(() => splitSecretKey(engine(), primary, repeating)).toThrow(IdentityResultError);
    });

    it('wraps around the group order', () => {
      expect(encodeSecretKey(engine().subtractSecrets(scalar(1n), scalar(2n)))).toBe(
        encodeSecretKey(scalar(GROUP_ORDER - 1n)),
      );
      expect(encodeSecretKey(engine().addSecrets(scalar(GROUP_ORDER - 1n), scalar(3n)))).toBe(
        encodeSecretKey(scalar(2n)),
      );
    });

    it('adds a point to itself', () => {
      const message = new Uint8Array(32).fill(7);
      const [one, two] = [scalar(1n), scalar(2n)];
      const signature = engine().sign(one, message);
      const publicKey = engine().publicKeyOf(one);
      expect(encodeHex(engine().addSignatures(signature, signature))).toBe(encodeHex(engine().sign(two, message)));
      expect(encodeHex(engine().addPublicKeys(publicKey, publicKey))).toBe(encodeHex(engine().publicKeyOf(two)));
    });

    it('signs messages of 1 to 1,024 bytes and refuses shorter and longer ones', () => {
      const { primary, clientKey, userPartial } = freshSplit(engine());
      for (const length of [1, 16, 31, 33, 64, 1024]) {
        const message = new Uint8Array(length);
        expect(engine().verify(clientKey, message, engine().sign(primary, message))).toBe(true);
      }
      for (const length of [0, 1025]) {
        const message = new Uint8Array(length);
        expect(() => engine().sign(primary, message)).toThrow('message');
        expect(() => engine().verify(clientKey, message, userPartial)).toThrow('message');
      }
    });

    it('leaves its inputs as they were', () => {
      const split = freshSplit(engine());
      const before = encodeSecretKey(split.primary);
      const message = encodeHex(split.message);
      engine().sign(split.primary, split.message);
      engine().publicKeyOf(split.primary);
      engine().subtractSecrets(split.primary, split.userShare);
      expect([encodeSecretKey(split.primary), encodeHex(split.message)]).toEqual([before, message]);
    });
  });
});
