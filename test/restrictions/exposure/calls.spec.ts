import { describe, expect, it } from '@jest/globals';
import { exposureOf } from '../../../src/restrictions/exposure/exposure.js';
import { parsePolicy } from '../../../src/restrictions/policy/parse-policy.js';
import { listed } from '../../../src/restrictions/wording/lists.js';
import { NOON_MS } from '../evaluation/verdicts.js';
import { NEVER } from '../evaluation/signed-before.js';

const callsOf = (operations: string[]): unknown => {
  const { calls } = exposureOf(parsePolicy({ operations }), NEVER, { nowMs: NOON_MS, hashesAreBelieved: false });
  return calls === 'any' ? calls : [...calls];
};

describe('the calls that a key can make', () => {
  it('are sorted, and what it may sign of messages is none of them', () => {
    expect(callsOf(['storage:cancel_allocation', 'data_signing', 'faucet:pour'])).toEqual([
      'faucet:pour',
      'storage:cancel_allocation',
    ]);
    expect(callsOf(['data_signing'])).toEqual([]);
    // A message can be the hash of any transaction.
    expect(callsOf(['transfer', 'message_signing'])).toBe('any');
  });
});

describe('a list in words', () => {
  it.each([
    [['a'], 'a'],
    [['a', 'b', 'c', 'd', 'e'], 'a, b, c, d, e'],
    [['a', 'b', 'c', 'd', 'e', 'f', 'g'], 'a, b, c, d, e and 2 more'],
  ])('has five of %j, and how many more there are', (items, text) => {
    expect(listed(items)).toBe(text);
  });
});
