import { describe, expect, it } from '@jest/globals';
import { FairShares } from '../../src/fairness/fair-shares.js';
import { NestedShares } from '../../src/fairness/nested-shares.js';

/** How many of so many tries find a place. */
function taken(take: () => boolean, tries = 100): number {
  return Array.from({ length: tries }, take).filter(Boolean).length;
}

describe('shares', () => {
  it('are half of the places for one holder, and what is left for others', () => {
    const shares = new FairShares(() => 10);
    expect(taken(() => shares.take('flood'))).toBe(5);
    expect([shares.roomFor('flood'), shares.roomFor('other'), shares.roomFor()]).toEqual([0, 5, 5]);
    expect(taken(() => shares.take('other'))).toBe(5);
    expect([shares.take('third'), shares.taken]).toEqual([false, 10]);
  });

  it('are one place at least, and as many as there are when nothing bounds them', () => {
    expect(taken(() => new FairShares(() => 1).take('one'), 1)).toBe(1);
    const unbounded = new FairShares(() => Number.POSITIVE_INFINITY);
    expect(taken(() => unbounded.take('one'))).toBe(100);
  });

  it('are given back', () => {
    const shares = new FairShares(() => 4);
    for (let round = 0; round < 3; round++) {
      expect(taken(() => shares.take('one'))).toBe(2);
      for (let place = 0; place < 2; place++) shares.leave('one');
      expect([shares.taken, shares.heldBy('one'), shares.roomFor('one')]).toEqual([0, 0, 2]);
    }
  });
});

describe('shares of groups', () => {
  it('are half of the places for a group, and half of that for a member', () => {
    const shares = new NestedShares(16);
    expect(taken(() => shares.take({ group: 'proxy', member: 'flood' }))).toBe(4);
    expect(taken(() => shares.take({ group: 'proxy', member: 'other' }))).toBe(4);
    expect(shares.hasRoomFor('proxy')).toBe(false);
    expect(taken(() => shares.take({ group: 'elsewhere', member: 'flood' }))).toBe(4);
    expect([shares.taken, shares.free]).toEqual([12, 4]);
  });

  it('are not more for many members', () => {
    const shares = new NestedShares(16);
    let members = 0;
    expect(taken(() => shares.take({ group: 'forger', member: `token ${members++}` }))).toBe(8);
    expect(shares.take({ group: 'other', member: 'token' })).toBe(true);
  });

  it('are given back', () => {
    const shares = new NestedShares(16);
    const holder = { group: 'one', member: 'token' };
    for (let round = 0; round < 3; round++) {
      expect(taken(() => shares.take(holder))).toBe(4);
      expect(shares.hasRoomForMember(holder)).toBe(false);
      for (let place = 0; place < 4; place++) shares.leave(holder);
      expect([shares.taken, shares.hasRoomForMember(holder)]).toEqual([0, true]);
    }
  });
});
