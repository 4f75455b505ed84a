import { describe, expect, it } from '@jest/globals';
import { RecentSignatures } from '../../../src/auth/signing/recent-signatures.js';

const signature = (number: number): Uint8Array => new Uint8Array(32).fill(number);

describe('recent signatures', () => {
  it('are known by split key and signature', () => {
    const recent = new RecentSignatures();
    expect([recent.isNew('a', signature(1)), recent.isNew('a', signature(1))]).toEqual([true, false]);
    expect([recent.isNew('b', signature(1)), recent.isNew('a', signature(2))]).toEqual([true, true]);
  });

  it('are new again when they are forgotten, and no other is', () => {
    const recent = new RecentSignatures();
    for (const name of ['a', 'b']) recent.isNew(name, signature(1));
    recent.forget('a', signature(1));
    expect([recent.isNew('a', signature(1)), recent.isNew('b', signature(1))]).toEqual([true, false]);
  });

  it('are the last ones at least, and not all of them', () => {
    const recent = new RecentSignatures(10);
    for (let number = 0; number < 25; number++) recent.isNew('a', signature(number));
    for (let number = 15; number < 25; number++) expect(recent.isNew('a', signature(number))).toBe(false);
    expect(recent.isNew('a', signature(0))).toBe(true);
  });
});
