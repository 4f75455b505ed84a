import { describe, expect, it } from '@jest/globals';

import type { BlsEngine } from '../../../src/crypto/bls0chain/bls-engine.js';
import { clientIdOf } from '../../../src/crypto/bls0chain/client-id.js';
import {
  decodeHash,
  decodeMessage,
  decodePublicKey,
  decodeSecretKey,
  decodeSignature,
  encodeHex,
  encodePublicKey,
  encodeSecretKey,
  encodeSignature,
} from '../../../src/crypto/bls0chain/codec.js';
import { generateSecretKey } from '../../../src/crypto/bls0chain/generate-secret-key.js';
import { MalformedEncodingError } from '../../../src/crypto/bls0chain/malformed-encoding-error.js';
import { systemRandomBytes } from '../../../src/crypto/random-bytes.js';
import { GROUP_ORDER, littleEndianBytes } from '../../../src/crypto/bls0chain/scalar.js';
import { SecretBytes } from '../../../src/crypto/secret-bytes.js';
import { describeEachEngine } from './engines.js';

function refusal(decode: () => unknown): MalformedEncodingError {
  try {
    decode();
  } catch (error) {
    if (error instanceof MalformedEncodingError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

/** Spellings that are no `digits` hexadecimal characters, made from a good one. */
function misspellings(good: string): unknown[] {
  return [
    '',
    '0x',
    `0x${good}`,
    `0x${good.slice(2)}`,
    good.slice(1),
    good.slice(2),
    `${good}0`,
    `${good}00`,
    ` ${good.slice(1)}`,
    `${good.slice(1)} `,
    `${good.slice(1)}\n`,
    `${good}\n`,
    `g${good.slice(1)}`,
    `${good.slice(1)}\u0000`,
    `${good.slice(1)}\uff11`,
    `${good.slice(1)}é`,
    `-${good.slice(1)}`,
    undefined,
    null,
    12,
    [good],
    { length: good.length },
  ];
}

const someHash = encodeHex(systemRandomBytes(32));

describe('the codec of scalars and hashes', () => {
  it('reads and writes secret keys, either letter case in, lower case out', () => {
    for (const secret of [1n, 2n, GROUP_ORDER - 1n].map(littleEndianBytes).map((bytes) => new SecretBytes(bytes))) {
      const hex = encodeSecretKey(secret);
      expect(encodeSecretKey(decodeSecretKey(hex, 'private_key'))).toBe(hex);
      expect(encodeSecretKey(decodeSecretKey(hex.toUpperCase(), 'private_key'))).toBe(hex);
    }
  });

  it.each([
    ['zero', 0n],
    ['the group order', GROUP_ORDER],
    ['the group order plus 1', GROUP_ORDER + 1n],
    ['2^254', 1n << 254n],
    ['2^255', 1n << 255n],
    ['2^256 − 1', (1n << 256n) - 1n],
  ])('refuses %s as a secret key', (_, integer) => {
    const error = refusal(() => decodeSecretKey(encodeHex(littleEndianBytes(integer)), 'private_key'));
    expect(error.field).toBe('private_key');
    expect(error.message).toBe('private_key: must be a little-endian integer from 1 to the group order minus 1');
  });

  it('refuses text that is not exactly 64 hexadecimal characters', () => {
    for (const text of misspellings(someHash) as string[]) {
      for (const decode of [decodeSecretKey, decodeHash]) {
        expect(refusal(() => decode(text, 'hash'))).toMatchObject({
          field: 'hash',
          message: 'hash: must be 64 hexadecimal characters',
        });
      }
    }
  });

  it('takes any 32 bytes as a hash', () => {
    for (const hex of ['00'.repeat(32), 'ff'.repeat(32), someHash]) {
      expect(encodeHex(decodeHash(hex.toUpperCase(), 'hash'))).toBe(hex);
    }
  });

  it.each([1, 2, 16, 31, 32, 33, 64, 1023, 1024])('takes any %d bytes as a message', (length) => {
    for (const bytes of [systemRandomBytes(length), new Uint8Array(length), new Uint8Array(length).fill(255)]) {
      const hex = encodeHex(bytes);
      expect(decodeMessage(hex, 'hash')).toEqual(Uint8Array.from(bytes));
      expect(decodeMessage(hex.toUpperCase(), 'hash')).toEqual(Uint8Array.from(bytes));
    }
  });

  it.each([
    '',
    'a',
    'abc',
    '0x',
    '0xab',
    'ab ',
    ' ab',
    'ab\n',
    'zz',
    'ag',
    'a\u0000',
    '\uff11\uff11',
    'é0',
    'ab'.repeat(1025),
  ])('refuses %j as a message', (text) => {
    expect(refusal(() => decodeMessage(text, 'hash'))).toMatchObject({
      field: 'hash',
      message: 'hash: must be 2 to 2048 hexadecimal characters, an even number of them',
    });
  });

  it('never puts the refused value into the error', () => {
    // Beyond r, whichever end of it is the high one.
    const secret = `ff${encodeHex(systemRandomBytes(30))}ff`;
    for (const text of [secret, `${secret}0`, `0x${secret}`]) {
      const error = refusal(() => decodeSecretKey(text, 'private_key'));
      expect(`${error.message} ${error.stack ?? ''} ${JSON.stringify(error)}`).not.toContain(secret.slice(0, 16));
      expect(error.cause).toBeUndefined();
    }
  });

  it('makes client ids of 64 bytes only', () => {
    for (const length of [0, 63, 65]) expect(() => clientIdOf(new Uint8Array(length))).toThrow(MalformedEncodingError);
  });
});

describe('the codec of points', () => {
  const codecs: [string, (engine: BlsEngine, hex: string) => Uint8Array, (bytes: Uint8Array) => string, number][] = [
    ['public key', (engine, hex) => decodePublicKey(engine, hex, 'point'), encodePublicKey, 128],
    ['signature', (engine, hex) => decodeSignature(engine, hex, 'point'), encodeSignature, 64],
  ];

  describeEachEngine((engine) => {
    it.each(codecs)('reads and writes a %s, either letter case in, lower case out', (kind, decode, encode) => {
      for (let round = 0; round < 10; round++) {
        const secret = generateSecretKey();
        const point =
          kind === 'signature' ? engine().sign(secret, systemRandomBytes(32)) : engine().publicKeyOf(secret);
        const hex = encode(point);
        expect(encode(decode(engine(), hex))).toBe(hex);
        expect(encode(decode(engine(), hex.toUpperCase()))).toBe(hex);
      }
    });

    it.each(codecs)('refuses text of the wrong form as a %s', (kind, decode, encode, digits) => {
      const secret = generateSecretKey();
      const point = kind === 'signature' ? engine().sign(secret, new Uint8Array(32)) : engine().publicKeyOf(secret);
      for (const text of misspellings(encode(point)) as string[]) {
        expect(refusal(() => decode(engine(), text)).message).toBe(`point: must be ${digits} hexadecimal characters`);
      }
    });

    it('takes no public key for a signature and no signature for a public key', () => {
      const secret = generateSecretKey();
      const signature = engine().sign(secret, new Uint8Array(32));
      const publicKey = engine().publicKeyOf(secret);
      expect(() => {
        engine().assertSignature(publicKey, 'signature');
      }).toThrow(MalformedEncodingError);
      expect(() => {
        engine().assertPublicKey(signature, 'public_key');
      }).toThrow(MalformedEncodingError);
    });

    it('refuses secrets that no decoder made, wherever one is used', () => {
      const good = generateSecretKey();
      const bad = [0n, GROUP_ORDER, (1n << 256n) - 1n].map(littleEndianBytes);
      for (const bytes of [...bad, new Uint8Array(0), new Uint8Array(31).fill(1), new Uint8Array(33).fill(1)]) {
        const secret = new SecretBytes(bytes);
        for (const use of [
          () => engine().sign(secret, new Uint8Array(32)),
          () => engine().publicKeyOf(secret),
          () => engine().addSecrets(secret, good),
          () => engine().addSecrets(good, secret),
          () => engine().subtractSecrets(secret, good),
          () => engine().subtractSecrets(good, secret),
        ]) {
          expect(use).toThrow(MalformedEncodingError);
        }
      }
    });

    it('uses no wiped secret', () => {
      const secret = generateSecretKey();
      secret.wipe();
      expect(() => engine().sign(secret, new Uint8Array(32))).toThrow('wiped');
      expect(() => encodeSecretKey(secret)).toThrow('wiped');
    });
  });
});
