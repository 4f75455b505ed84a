import { describe, expect, it } from '@jest/globals';
import { AcceptingFirst } from '../../../src/http/bulkheads/accepting-first.js';

describe('what is not urgent', () => {
  it('is held back in turns in which somebody has connected, and only then', () => {
    const connections = { accepted: 0 };
    const accepting = new AcceptingFirst(connections);
    expect(accepting.holdsBack(0)).toBe(false);
    connections.accepted = 1;
    expect([accepting.holdsBack(1), accepting.holdsBack(2)]).toEqual([true, false]);
    // Somebody has connected since, but nobody knows when.
    connections.accepted = 2;
    expect(accepting.holdsBack(1000)).toBe(false);
  });

  it('has a turn now and then, whoever connects without an end', () => {
    const connections = { accepted: 0 };
    const accepting = new AcceptingFirst(connections);
    const turns = Array.from({ length: 1000 }, (_, millisecond) => {
      connections.accepted += 1;
      return accepting.holdsBack(millisecond);
    });
    const held = turns.filter(Boolean).length;
    expect(held).toBeGreaterThan(500);
    expect(turns.length - held).toBeGreaterThan(10);
  });
});
