import { describe, expect, it } from '@jest/globals';

import { COEFFICIENT_BYTES, drawCoefficients } from '../../../../src/crypto/mcl/batch/random-coefficients.js';
import { systemRandomBytes } from '../../../../src/crypto/random-bytes.js';
import type { RandomBytes } from '../../../../src/crypto/random-bytes.js';
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

/** The operating system's generator, and what it has yielded so far. */
function recorded(): { readonly random: RandomBytes; readonly draws: Uint8Array[] } {
  const draws: Uint8Array[] = [];
  const random: RandomBytes = (length) => {
    const bytes = systemRandomBytes(length);
    draws.push(Uint8Array.from(bytes));
    return bytes;
  };
  return { random, draws };
}

describe('the coefficients of a batch', () => {
  it('are drawn anew for every check: 128 bits for each request but the first', async () => {
    const { random, draws } = recorded();
    const coSigner = await createCoSigner({ random });
    const requests = requestsOf(createWallets(2), 8);
    draws.length = 0;
    coSigner.cosign(requests);
    coSigner.cosign(requests);
    expect(draws.map(({ length }) => length)).toEqual([7 * 16, 7 * 16]);
    const coefficients = draws.flatMap((bytes) => Buffer.from(bytes).toString('hex').match(/.{32}/g) ?? []);
    expect(new Set(coefficients).size).toBe(14);
  });

  it('are drawn anew when a failed batch is halved', async () => {
    const { random, draws } = recorded();
    const coSigner = await createCoSigner({ random });
    const wallet = createWallet();
    const requests = requestsOf([wallet], 8);
    draws.length = 0;
    const wrong = { ...requestOf(wallet), message: systemRandomBytes(32) };
    const answers = coSigner.cosign(requests.with(7, wrong));
    expect(answers.indexOf(undefined)).toBe(7);
    // 8, then its left half of 4, then 2 of the right half, each without its first; the last two are told apart by
    // one exact check.
    expect(draws.map(({ length }) => length / COEFFICIENT_BYTES)).toEqual([7, 3, 1]);
    expect(new Set(draws.flatMap((bytes) => Buffer.from(bytes).toString('hex').match(/.{32}/g) ?? [])).size).toBe(11);
  });

  it('are not needed for a single request, whose check is exact', async () => {
    const { random, draws } = recorded();
    const coSigner = await createCoSigner({ random });
    draws.length = 0;
    expect(coSigner.cosign([requestOf(createWallet())])).not.toContain(undefined);
    expect(draws).toEqual([]);
  });

  it('are drawn again when one is zero', () => {
    let draws = 0;
    const coefficients = drawCoefficients((length) => {
      draws++;
      const bytes = new Uint8Array(length).fill(draws);
      if (draws === 1) bytes.fill(0, COEFFICIENT_BYTES, 2 * COEFFICIENT_BYTES);
      return bytes;
    }, 3);
    expect([0, 16, 32].map((offset) => coefficients[offset])).toEqual([1, 2, 1]);
    expect(coefficients).toHaveLength(48);
  });

  it('are never zero: a source that yields nothing else is refused', async () => {
    const zeros: RandomBytes = (length) => new Uint8Array(length);
    expect(() => drawCoefficients(zeros, 2)).toThrow('no usable coefficient');
    await expect(createCoSigner({ random: zeros })).rejects.toThrow('no usable coefficient');
  });

  it('are never zero: a source that breaks later fails the batch, and the next is answered again', async () => {
    let isBroken = false;
    const coSigner = await createCoSigner({
      random: (length) => (isBroken ? new Uint8Array(length) : systemRandomBytes(length)),
    });
    const requests = requestsOf(createWallets(2), 4);
    isBroken = true;
    expect(() => coSigner.cosign(requests)).toThrow('no usable coefficient');
    isBroken = false;
    expect(hexOf(coSigner.cosign(requests))).toEqual(answersAlone(engine, requests));
  });

  it('are refused from a source that yields too few bytes', () => {
    expect(() => drawCoefficients((length) => systemRandomBytes(length - 1), 2)).toThrow('another number of bytes');
  });
});
