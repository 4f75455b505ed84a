import { describe, expect, it } from '@jest/globals';

import { encodeSecretKey } from '../../../src/crypto/bls0chain/codec.js';
import { generateSecretKey } from '../../../src/crypto/bls0chain/generate-secret-key.js';
import {
  GROUP_ORDER,
  isSecretScalar,
  littleEndianBytes,
  littleEndianInteger,
} from '../../../src/crypto/bls0chain/scalar.js';

/** A random source that hands out these values in turn, then nothing but zeros. */
function scripted(values: readonly bigint[]): { random: (length: number) => Uint8Array; drawn: Uint8Array[] } {
  const drawn: Uint8Array[] = [];
  const random = (): Uint8Array => {
    const bytes = littleEndianBytes(values[drawn.length] ?? 0n);
    drawn.push(bytes);
    return bytes;
  };
  return { random, drawn };
}

describe('a generated secret key', () => {
  it('is drawn again while it is zero or not below the group order, never reduced', () => {
    const { random, drawn } = scripted([0n, GROUP_ORDER, (1n << 254n) - 1n, GROUP_ORDER - 1n]);
    expect(littleEndianInteger(generateSecretKey(random).expose())).toBe(GROUP_ORDER - 1n);
    expect(drawn).toHaveLength(4);
    expect(drawn.slice(0, 3).every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
  });

  it('ignores the two top bits', () => {
    expect(littleEndianInteger(generateSecretKey(scripted([(3n << 254n) + 5n]).random).expose())).toBe(5n);
  });

  it('gives up on a source that yields nothing usable', () => {
    expect(() => generateSecretKey(scripted([]).random)).toThrow('the random source yields no usable secret key');
  });

  it('is another one every time, spread over the whole range', () => {
    const keys = Array.from({ length: 400 }, () => generateSecretKey());
    expect(new Set(keys.map(encodeSecretKey)).size).toBe(400);
    const quarters = [0, 0, 0, 0];
    for (const key of keys) {
      const quarter = Number((littleEndianInteger(key.expose()) * 4n) / GROUP_ORDER);
      quarters[quarter] = (quarters[quarter] ?? 0) + 1;
    }
    // 100 ± 8.7 each; six standard deviations are missed once in 10^8 runs.
    for (const count of quarters) expect(Math.abs(count - 100)).toBeLessThan(52);
  });
});

describe('a secret scalar', () => {
  it.each([
    [1n, true],
    [255n, true],
    [256n, true],
    [GROUP_ORDER - 1n, true],
    [GROUP_ORDER - 256n, true],
    [0n, false],
    [GROUP_ORDER, false],
    [GROUP_ORDER + 1n, false],
    [GROUP_ORDER + 255n, false],
    [GROUP_ORDER << 1n, false],
    [(1n << 256n) - 1n, false],
  ])('%s: %s', (integer, expected) => {
    expect(isSecretScalar(littleEndianBytes(integer))).toBe(expected);
    expect(littleEndianInteger(littleEndianBytes(integer))).toBe(integer);
  });

  it('has 32 bytes', () => {
    expect([0, 31, 33, 64].map((length) => isSecretScalar(new Uint8Array(length).fill(1)))).toEqual(
      Array(4).fill(false),
    );
  });
});
