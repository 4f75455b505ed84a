import { describe, expect, it } from '@jest/globals';

import { BoundedCache } from '../../../../src/crypto/mcl/batch/bounded-cache.js';
import { LINE_TABLE_BYTES } from '../../../../src/crypto/mcl/batch/line-table.js';
import { MUST_BE_REFUSED } from '../../../../src/crypto/bls0chain/known-answer-values.js';
import {
  answersAlone,
  createCoSigner,
  createWallets,
  engine,
  hexOf,
  inTurn,
  requestOf,
  requestsOf,
} from './co-sign-fixtures.js';

describe('a bounded cache', () => {
  const unexpected = (): never => {
    throw new Error('made again');
  };

  it('makes a value once and counts hits and misses', () => {
    const cache = new BoundedCache<Uint8Array>(2);
    const made = cache.getOrMake('a', () => new Uint8Array(5));
    expect(cache.getOrMake('a', unexpected)).toBe(made);
    expect(cache.counters()).toEqual({ hits: 1, misses: 1, evictions: 0, entries: 1, bytes: 5 });
  });

  it('drops the value that was unused for longest, and its bytes', () => {
    const cache = new BoundedCache<Uint8Array>(2);
    cache.getOrMake('a', () => new Uint8Array(1));
    cache.getOrMake('b', () => new Uint8Array(2));
    cache.getOrMake('a', unexpected);
    cache.getOrMake('c', () => new Uint8Array(4));
    expect(cache.counters()).toEqual({ hits: 1, misses: 3, evictions: 1, entries: 2, bytes: 5 });
    cache.getOrMake('a', unexpected);
    expect(() => cache.getOrMake('b', unexpected)).toThrow('made again');
  });

  it('keeps nothing of what could not be made', () => {
    const cache = new BoundedCache<Uint8Array>(1);
    expect(() => cache.getOrMake('a', unexpected)).toThrow('made again');
    expect(cache.counters()).toMatchObject({ entries: 0, bytes: 0 });
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses a capacity of %d', (capacity) => {
    expect(() => new BoundedCache(capacity)).toThrow(RangeError);
  });
});

describe('the client keys of a batch co-signer', () => {
  it('start empty: the self-test leaves none behind', async () => {
    const nothing = { hits: 0, misses: 0, evictions: 0, entries: 0, bytes: 0 };
    expect((await createCoSigner()).counters()).toEqual({ prepared: nothing, decoded: nothing });
  });

  it('are made ready once per wallet, however many requests it has', async () => {
    const coSigner = await createCoSigner();
    const wallets = createWallets(3);
    coSigner.cosign(requestsOf(wallets, 9));
    coSigner.cosign(requestsOf(wallets, 9));
    const { prepared, decoded } = coSigner.counters();
    expect(prepared).toEqual({ hits: 3, misses: 3, evictions: 0, entries: 3, bytes: 3 * LINE_TABLE_BYTES });
    expect(decoded).toEqual({ hits: 0, misses: 3, evictions: 0, entries: 3, bytes: 3 * 288 });
  });

  it('stay within their limits and right, also when a batch has more wallets than are kept', async () => {
    const coSigner = await createCoSigner({ preparedKeys: 2, decodedKeys: 3 });
    const wallets = createWallets(8);
    for (let round = 0; round < 3; round++) {
      const requests = requestsOf(wallets, 11);
      expect(hexOf(coSigner.cosign(requests))).toEqual(answersAlone(engine, requests));
    }
    const { prepared, decoded } = coSigner.counters();
    expect(prepared).toMatchObject({ misses: 24, evictions: 22, entries: 2, bytes: 2 * LINE_TABLE_BYTES });
    expect(decoded).toMatchObject({ misses: 24, evictions: 21, entries: 3 });
  });

  it('are decoded once even if their lines were dropped', async () => {
    const coSigner = await createCoSigner({ preparedKeys: 1 });
    const wallets = createWallets(2);
    for (let turn = 0; turn < 4; turn++) coSigner.cosign([requestOf(inTurn(wallets, turn))]);
    const { prepared, decoded } = coSigner.counters();
    expect(prepared).toMatchObject({ hits: 0, misses: 4, evictions: 3 });
    expect(decoded).toMatchObject({ hits: 2, misses: 2 });
  });

  it('are not kept if they are malformed', async () => {
    const coSigner = await createCoSigner();
    const [request] = requestsOf(createWallets(1), 1);
    if (request === undefined) throw new Error('one was asked for');
    const clientKey = Buffer.from(MUST_BE_REFUSED.outsideSubgroup, 'hex');
    expect(
      coSigner.cosign([
        { ...request, clientKey },
        { ...request, clientKey },
      ]),
    ).toEqual([undefined, undefined]);
    expect(coSigner.counters()).toMatchObject({ prepared: { entries: 0 }, decoded: { entries: 0 } });
  });
});
