import { describe, expect, it } from '@jest/globals';
import { FairPlaces, partyOf } from '../../../src/auth/signing/fair-places.js';

/** How many of so many tries at one moment find a place. */
function taken(places: FairPlaces, party: string, splitKey: string, tries = 100): number {
  return Array.from({ length: tries }, () => places.take({ party, splitKey })).filter(Boolean).length;
}

describe('places', () => {
  it('are half of them one party’s at most, and the rest another’s', () => {
    const places = new FairPlaces(() => 10);
    for (let key = 0; key < 5; key++) taken(places, 'flood', `key ${key}`, 20);
    expect([places.roomFor('flood'), places.roomFor('other'), places.roomFor()]).toEqual([0, 5, 5]);
    expect(taken(places, 'other', 'another key')).toBe(5);
    expect([places.roomFor('third'), places.roomFor()]).toEqual([0, 0]);
  });

  it.each([
    [1, 1],
    [2, 1],
    [3, 2],
    [9, 5],
  ])('of %d, a party has %d at most', (capacity, half) => {
    expect(taken(new FairPlaces(() => capacity), 'one', 'key')).toBe(half);
  });

  it('of a split key that has half of them go to whoever has none of these', () => {
    const places = new FairPlaces(() => 10);
    expect(taken(places, 'attacker', 'key')).toBe(5);
    expect(taken(places, 'another attacker', 'key')).toBe(1);
    expect(taken(places, 'owner', 'key')).toBe(1);
    // Of other split keys they may have as many as anybody.
    expect(taken(places, 'another attacker', 'their own')).toBe(3);
    expect(places.roomFor()).toBe(0);
  });

  it('of a split key that has less than half go to anybody', () => {
    const places = new FairPlaces(() => 10);
    expect(taken(places, 'one', 'key', 2)).toBe(2);
    expect(taken(places, 'other', 'key')).toBe(3);
  });

  it('are given back', () => {
    const places = new FairPlaces(() => 4);
    const applicant = { party: 'one', splitKey: 'key' };
    for (let round = 0; round < 3; round++) {
      expect(taken(places, 'one', 'key')).toBe(2);
      for (let place = 0; place < 2; place++) places.leave(applicant);
      expect([places.roomFor('one'), places.roomFor()]).toEqual([2, 4]);
    }
  });
});

describe('a party', () => {
  it('is the user of a token, wherever from, else whoever is at an address', () => {
    expect(partyOf({ userId: 'alice', network: '192.0.2.1' })).toBe(partyOf({ userId: 'alice', network: '192.0.2.2' }));
    expect(partyOf({ network: '192.0.2.1' })).not.toBe(partyOf({ network: '192.0.2.2' }));
    expect(partyOf({ userId: '192.0.2.1' })).not.toBe(partyOf({ network: '192.0.2.1' }));
  });
});
