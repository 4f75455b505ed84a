import { describe, expect, it } from '@jest/globals';
import { WaitingWrites } from '../../src/database/waiting-writes.js';
import type { WriteBatch } from '../../src/database/waiting-writes.js';
import { WRITE_LANES } from '../../src/database/write-order.js';
import type { WriteLane, WriteOrder } from '../../src/database/write-order.js';

interface NamedWrite extends WriteOrder {
  readonly name: string;
}

/** Adds `count` writes of a holder, named `lane holder 1` and so on; says how many found room. */
function add(waiting: WaitingWrites<NamedWrite>, lane: WriteLane, holder: string, count = 1): number {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  return numbers.filter((number) => waiting.add({ lane, holder, name: `${lane} ${holder} ${number}` })).length;
}

/** The names of a batch that never has to end early, or from the first write on. */
function namesIn(batch: WriteBatch<NamedWrite>, { isLate = false } = {}): string[] {
  const names: string[] = [];
  for (let write = batch.next(isLate); write !== undefined; write = batch.next(isLate)) names.push(write.name);
  return names;
}

describe('a batch of the writes that wait', () => {
  it('has one of each lane first, and then the most important', () => {
    const waiting = new WaitingWrites<NamedWrite>(100);
    for (const lane of [...WRITE_LANES].reverse()) add(waiting, lane, 'alice', 3);
    expect(namesIn(waiting.batch(8))).toEqual([
      'protective alice 1',
      'signing alice 1',
      'ordinary alice 1',
      'making alice 1',
      'protective alice 2',
      'protective alice 3',
      'signing alice 2',
      'signing alice 3',
    ]);
    expect(namesIn(waiting.batch(8))).toEqual([
      'ordinary alice 2',
      'making alice 2',
      'ordinary alice 3',
      'making alice 3',
    ]);
    expect(waiting.length).toBe(0);
  });

  it('that has to end at once has one of each lane all the same, so that none starves', () => {
    const waiting = new WaitingWrites<NamedWrite>(100);
    add(waiting, 'protective', 'alice', 50);
    add(waiting, 'making', 'bob', 2);
    expect(namesIn(waiting.batch(64), { isLate: true })).toEqual(['protective alice 1', 'making bob 1']);
    expect(namesIn(waiting.batch(64), { isLate: true })).toEqual(['protective alice 2', 'making bob 2']);
    expect(namesIn(waiting.batch(64), { isLate: true })).toEqual(['protective alice 3']);
    expect(waiting.length).toBe(47);
  });

  it('takes the holders of a lane in turn: whoever has many waits behind whoever has few', () => {
    const waiting = new WaitingWrites<NamedWrite>(1000);
    add(waiting, 'making', 'flood', 400);
    add(waiting, 'making', 'alice', 2);
    add(waiting, 'making', 'bob', 1);
    expect(namesIn(waiting.batch(6))).toEqual([
      'making flood 1',
      'making alice 1',
      'making bob 1',
      'making flood 2',
      'making alice 2',
      'making flood 3',
    ]);
  });

  it('keeps a turn that was not used up for the next batch', () => {
    const waiting = new WaitingWrites<NamedWrite>(1000);
    add(waiting, 'making', 'flood', 400);
    add(waiting, 'making', 'alice', 1);
    expect(namesIn(waiting.batch(1))).toEqual(['making flood 1']);
    expect(namesIn(waiting.batch(1))).toEqual(['making alice 1']);
  });
});

describe('room in a lane', () => {
  it('is for as many as were said, in each lane apart', () => {
    const waiting = new WaitingWrites<NamedWrite>(10);
    expect(add(waiting, 'making', 'alice', 5)).toBe(5);
    expect(add(waiting, 'making', 'bob', 9)).toBe(5);
    expect(add(waiting, 'making', 'carol')).toBe(0);
    expect(add(waiting, 'protective', 'carol')).toBe(1);
    expect([waiting.lengthOf('making'), waiting.lengthOf('protective')]).toEqual([10, 1]);
  });

  it('is for one holder at most half, so that a flood leaves half to everybody else', () => {
    const waiting = new WaitingWrites<NamedWrite>(10);
    expect(add(waiting, 'making', 'flood', 1000)).toBe(5);
    for (const other of ['a', 'b', 'c', 'd', 'e']) expect(add(waiting, 'making', other)).toBe(1);
    expect(add(waiting, 'making', 'f')).toBe(0);
  });

  it('is there again when one was taken', () => {
    const waiting = new WaitingWrites<NamedWrite>(2);
    add(waiting, 'ordinary', 'alice');
    add(waiting, 'ordinary', 'bob');
    expect(add(waiting, 'ordinary', 'carol')).toBe(0);
    expect(waiting.takeWhere(({ holder }) => holder === 'alice')).toHaveLength(1);
    expect(add(waiting, 'ordinary', 'carol')).toBe(1);
    expect(namesIn(waiting.batch(9))).toEqual(['ordinary bob 1', 'ordinary carol 1']);
  });
});
