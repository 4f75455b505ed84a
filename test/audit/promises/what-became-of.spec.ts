import { describe, expect, it } from '@jest/globals';
import { verifyPromise } from '../../../src/audit/promises/verify-promise.js';
import type { VerifiedPromise } from '../../../src/audit/promises/verify-promise.js';
import { whatBecameOf } from '../../../src/audit/promises/what-became-of.js';
import { ORIGIN } from '../tlog/given-signers.js';
import { entryOf, mth } from '../tlog/reference-tree.js';
import { AT, DAY, headerOf, trust } from './given-promises.js';

const promisedAt = (atMilliseconds: number): VerifiedPromise => {
  const verdict = verifyPromise(headerOf(2, 5, { atMilliseconds }), entryOf(2), trust);
  if (!verdict.holds) throw new Error(verdict.why);
  return verdict;
};

const promise = promisedAt(AT);
const DEADLINE_SECONDS = Math.floor(AT / 1000) + DAY;
const checkpoint = { origin: ORIGIN, size: 40, root: mth(0, 40) };

describe('what became of a promise', () => {
  it.each([
    ['kept', 'the entry is in it', 39, DEADLINE_SECONDS],
    ['kept', 'the entry is in it, later', 0, DEADLINE_SECONDS + 1_000],
    ['open', 'the entry is in none', undefined, DEADLINE_SECONDS - 1],
    // The deadline is 123 ms into this second.
    ['open', 'the entry is in none, in the last second', undefined, DEADLINE_SECONDS],
    ['broken', 'the entry is in none', undefined, DEADLINE_SECONDS + 1],
    ['open', 'the entry is in a later one', 40, DEADLINE_SECONDS],
    ['broken', 'the entry came after it', 40, DEADLINE_SECONDS + 1],
    ['open', 'it is from before the promise', undefined, 0],
  ])('is that it is %s, by a checkpoint when %s', (state, _when, index, timestampSeconds) => {
    expect(whatBecameOf(promise, { checkpoint, timestampSeconds, index })).toBe(state);
  });

  it('has the last millisecond for itself', () => {
    const seen = { checkpoint, timestampSeconds: DEADLINE_SECONDS, index: undefined };
    expect(whatBecameOf(promisedAt(AT - 123), seen)).toBe('open');
    expect(whatBecameOf(promisedAt(AT - 124), seen)).toBe('broken');
  });

  it('is not told by the checkpoint of another log', () => {
    const seen = { checkpoint: { ...checkpoint, origin: `${ORIGIN}/e2` }, timestampSeconds: 0, index: 1 };
    expect(() => whatBecameOf(promise, seen)).toThrow(new RangeError('checkpoint must be of the log that promised'));
  });
});
