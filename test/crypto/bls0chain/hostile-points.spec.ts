import { beforeAll, describe, expect, it } from '@jest/globals';

import type { BlsEngine } from '../../../src/crypto/bls0chain/bls-engine.js';
import { createBlsEngine } from '../../../src/crypto/create-engine.js';
import { GENERATOR_HEX } from '../../../src/crypto/bls0chain/group-generator.js';
import { encodeHex } from '../../../src/crypto/bls0chain/codec.js';
import { generateSecretKey } from '../../../src/crypto/bls0chain/generate-secret-key.js';
import { MalformedEncodingError } from '../../../src/crypto/bls0chain/malformed-encoding-error.js';
import { decodeG2, encodeG2 } from '../../../src/crypto/noble/noble-codec.js';
import { Fp, G2 } from '../../../src/crypto/noble/noble-curve.js';
import { systemRandomBytes } from '../../../src/crypto/random-bytes.js';
import { littleEndianBytes } from '../../../src/crypto/bls0chain/scalar.js';
import { ENGINE_NAMES, describeEachEngine } from './engines.js';
import { outsideSubgroup, pointOfOrder13, withOtherSign, withUnreducedCoordinate } from './hostile-points.js';

const MALFORMED_KEY = 'key: must encode a point of G2 other than the identity, in canonical form';
const MALFORMED_SIGNATURE = 'sig: must encode a point of G1 other than the identity, in canonical form';

describe('hostile encodings', () => {
  it('start from the same generator', () => {
    expect(encodeHex(encodeG2(G2.BASE))).toBe(GENERATOR_HEX);
  });

  describeEachEngine((engine) => {
    const refusesKey = (bytes: Uint8Array): void => {
      expect(() => {
        engine().assertPublicKey(bytes, 'key');
      }).toThrow(MALFORMED_KEY);
      const secret = generateSecretKey();
      const message = new Uint8Array(32);
      expect(() => engine().verify(bytes, message, engine().sign(secret, message))).toThrow(MalformedEncodingError);
      expect(() => engine().addPublicKeys(bytes, engine().publicKeyOf(secret))).toThrow(MalformedEncodingError);
      expect(() => engine().addPublicKeys(engine().publicKeyOf(secret), bytes)).toThrow(MalformedEncodingError);
    };
    const refusesSignature = (bytes: Uint8Array): void => {
      expect(() => {
        engine().assertSignature(bytes, 'sig');
      }).toThrow(MALFORMED_SIGNATURE);
      const secret = generateSecretKey();
      const message = new Uint8Array(32);
      const good = engine().sign(secret, message);
      expect(() => engine().verify(engine().publicKeyOf(secret), message, bytes)).toThrow(MalformedEncodingError);
      expect(() => engine().addSignatures(bytes, good)).toThrow(MalformedEncodingError);
      expect(() => engine().addSignatures(good, bytes)).toThrow(MalformedEncodingError);
    };

    it('refuses the identity, with either sign bit', () => {
      for (const identity of [new Uint8Array(64), withOtherSign(new Uint8Array(64))]) refusesKey(identity);
      for (const identity of [new Uint8Array(32), withOtherSign(new Uint8Array(32))]) refusesSignature(identity);
    });

    it('refuses points off the curve', () => {
      for (const x of [1n, 3n, 8n]) {
        refusesSignature(littleEndianBytes(x));
        refusesSignature(withOtherSign(littleEndianBytes(x)));
      }
      for (const x of [1n, 3n, 6n, 8n]) refusesKey(Uint8Array.from([...littleEndianBytes(x), ...new Uint8Array(32)]));
    });

    it('refuses points of the twist that are outside the subgroup', () => {
      for (const start of [1n, 1_000n, 1_000_000n]) {
        const point = encodeG2(outsideSubgroup(start));
        refusesKey(point);
        refusesKey(withOtherSign(point));
      }
    });

    it('refuses points of small order, and good keys with one added', () => {
      const small = pointOfOrder13();
      expect(small.multiplyUnsafe(13n).is0()).toBe(true);
      refusesKey(encodeG2(small));
      const key = decodeG2(engine().publicKeyOf(generateSecretKey()), 'key');
      refusesKey(encodeG2(key.add(small)));
    });

    it('refuses coordinates that are not reduced', () => {
      let unreduced = 0;
      for (let round = 0; round < 30; round++) {
        const secret = generateSecretKey();
        const signature = withUnreducedCoordinate(engine().sign(secret, systemRandomBytes(32)), 0);
        const key = engine().publicKeyOf(secret);
        const keys = [withUnreducedCoordinate(key, 0), withUnreducedCoordinate(key, 1)];
        if (signature !== undefined) refusesSignature(signature);
        for (const bytes of keys) if (bytes !== undefined) refusesKey(bytes);
        unreduced += [signature, ...keys].filter((bytes) => bytes !== undefined).length;
        if (unreduced > 12) break;
      }
      expect(unreduced).toBeGreaterThan(12);
      for (const x of [Fp.ORDER, Fp.ORDER - 1n + Fp.ORDER, (1n << 255n) - 1n]) refusesSignature(littleEndianBytes(x));
    });

    it('refuses stray bits beside the sign', () => {
      const secret = generateSecretKey();
      const signature = engine().sign(secret, new Uint8Array(32));
      refusesSignature(signature.map((byte, index) => (index === 31 ? byte | 0x40 : byte)));
      const key = engine().publicKeyOf(secret);
      refusesKey(key.map((byte, index) => (index === 63 ? byte | 0x40 : byte)));
      refusesKey(key.map((byte, index) => (index === 31 ? byte | 0x40 : byte)));
      refusesKey(key.map((byte, index) => (index === 31 ? byte | 0x80 : byte)));
    });

    it('takes the other sign for the negative, which is a key but not this one', () => {
      const secret = generateSecretKey();
      const message = systemRandomBytes(32);
      const [key, signature] = [engine().publicKeyOf(secret), engine().sign(secret, message)];
      expect(engine().verify(key, message, withOtherSign(signature))).toBe(false);
      expect(engine().verify(withOtherSign(key), message, signature)).toBe(false);
      expect(engine().verify(withOtherSign(key), message, withOtherSign(signature))).toBe(true);
    });

    it('refuses other lengths', () => {
      for (const length of [0, 1, 31, 33, 63, 65, 128]) {
        expect(() => {
          engine().assertPublicKey(new Uint8Array(length).fill(2), 'key');
        }).toThrow(MALFORMED_KEY);
        expect(() => {
          engine().assertSignature(new Uint8Array(length).fill(2), 'sig');
        }).toThrow(MALFORMED_SIGNATURE);
      }
    });
  });
});

describe('both engines on garbage', () => {
  const engines: BlsEngine[] = [];
  beforeAll(async () => {
    for (const name of ENGINE_NAMES) engines.push(await createBlsEngine(name));
  });

  const verdicts = (assertion: (engine: BlsEngine) => void): boolean[] =>
    engines.map((engine) => {
      try {
        assertion(engine);
        return true;
      } catch (error) {
        if (error instanceof MalformedEncodingError) return false;
        throw error;
      }
    });

  it('agree on random bytes as signatures, of which about half are points', () => {
    let accepted = 0;
    for (let round = 0; round < 400; round++) {
      const bytes = systemRandomBytes(32);
      // Half of the rounds with x below 2^253, and so below p.
      if (round % 2 === 0) bytes[31] = (bytes[31] ?? 0) & 0x9f;
      const [herumi, noble] = verdicts((engine) => {
        engine.assertSignature(bytes, 'sig');
      });
      expect({ bytes: encodeHex(bytes), verdict: herumi }).toEqual({ bytes: encodeHex(bytes), verdict: noble });
      if (herumi === true) accepted++;
    }
    expect(accepted).toBeGreaterThan(40);
  });

  it('agree on random bytes as public keys, none of which is in the subgroup', () => {
    for (let round = 0; round < 200; round++) {
      const bytes = systemRandomBytes(64);
      bytes[31] = (bytes[31] ?? 0) & 0x1f;
      bytes[63] = (bytes[63] ?? 0) & 0x9f;
      expect(
        verdicts((engine) => {
          engine.assertPublicKey(bytes, 'key');
        }),
      ).toEqual([false, false]);
    }
  });

  it('agree on good encodings with one bit flipped', () => {
    const [herumi] = engines;
    if (herumi === undefined) throw new Error('no engine');
    const secret = generateSecretKey();
    const signature = herumi.sign(secret, new Uint8Array(32));
    const key = herumi.publicKeyOf(secret);
    const flip = (bytes: Uint8Array, bit: number): Uint8Array =>
      bytes.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
    for (let bit = 0; bit < 256; bit++) {
      const [a, b] = verdicts((engine) => {
        engine.assertSignature(flip(signature, bit), 'sig');
      });
      expect({ bit, verdict: a }).toEqual({ bit, verdict: b });
    }
    for (let bit = 0; bit < 512; bit += 3) {
      const [a, b] = verdicts((engine) => {
        engine.assertPublicKey(flip(key, bit), 'key');
      });
      expect({ bit, verdict: a }).toEqual({ bit, verdict: b });
    }
  });
});
