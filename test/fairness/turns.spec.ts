import { describe, expect, it } from '@jest/globals';
import { NestedTurnQueue } from '../../src/fairness/nested-turn-queue.js';
import type { Turns } from '../../src/fairness/nested-turn-queue.js';
import { TurnQueue } from '../../src/fairness/turn-queue.js';

const ANY: Turns = { ofGroup: () => true, ofMember: () => true };

function drained(queue: NestedTurnQueue<string>, turns = ANY): string[] {
  const taken: string[] = [];
  for (let item = queue.take(turns); item !== undefined; item = queue.take(turns)) taken.push(item);
  return taken;
}

describe('a queue whose holders take turns', () => {
  it('passes over whose turn it may not be, who keep their place', () => {
    const queue = new TurnQueue<string>(10);
    for (const item of ['a1', 'a2', 'b1', 'c1']) queue.add(item.charAt(0), item);
    const notA = (holder: string): boolean => holder !== 'a';
    expect([queue.take(notA), queue.take(notA), queue.take(notA)]).toEqual(['b1', 'c1', undefined]);
    expect([queue.take(), queue.take(), queue.length]).toEqual(['a1', 'a2', 0]);
  });

  it('has half of it for one holder, and room again for what was taken out', () => {
    const queue = new TurnQueue<number>(8);
    const add = (): boolean => queue.add('one', queue.length);
    expect([1, 2, 3, 4, 5].map(add)).toEqual([true, true, true, true, false]);
    expect(queue.takeWhere((item) => item % 2 === 0)).toEqual([0, 2]);
    expect([queue.length, add(), add(), add()]).toEqual([2, true, true, false]);
  });
});

describe('a queue whose groups take turns', () => {
  it('lets groups go in turn, and in a group its members', () => {
    const queue = new NestedTurnQueue<string>();
    for (const member of ['x', 'x', 'y', 'z']) queue.add({ group: 'a', member }, `a${member}`);
    queue.add({ group: 'b', member: 'x' }, 'bx');
    queue.add({ group: 'c', member: 'x' }, 'cx');
    expect(queue.length).toBe(6);
    expect(drained(queue)).toEqual(['ax', 'bx', 'cx', 'ay', 'az', 'ax']);
    expect(queue.length).toBe(0);
  });

  it('has one group wait for one turn of another, however many members that one has', () => {
    const queue = new NestedTurnQueue<string>();
    for (let forged = 0; forged < 1000; forged++) queue.add({ group: 'forger', member: `token ${forged}` }, 'forged');
    queue.add({ group: 'honest', member: 'token' }, 'honest');
    expect([queue.take(ANY), queue.take(ANY), queue.take(ANY)]).toEqual(['forged', 'honest', 'forged']);
  });

  it('passes over groups and members whose turn it may not be', () => {
    const queue = new NestedTurnQueue<string>();
    for (const [group = '', member = ''] of ['ax', 'ay', 'bx', 'by']) queue.add({ group, member }, group + member);
    const turns: Turns = { ofGroup: (group) => group === 'a', ofMember: ({ member }) => member === 'y' };
    expect(drained(queue, turns)).toEqual(['ay']);
    // That group has had its turn.
    expect(drained(queue)).toEqual(['bx', 'ax', 'by']);
  });

  it('gives out what is asked for, and leaves the rest in order', () => {
    const queue = new NestedTurnQueue<string>();
    for (const [group = '', member = '', number = ''] of ['ax1', 'ax2', 'bx1', 'bx3'])
      queue.add({ group, member }, group + member + number);
    expect(queue.takeWhere((item) => item.endsWith('1'))).toEqual(['ax1', 'bx1']);
    expect([queue.length, drained(queue)]).toEqual([2, ['ax2', 'bx3']]);
  });
});
