import { describe, expect, it } from '@jest/globals';
import { MAX_PROMISE_CHARACTERS, encodePromise, parsePromise } from '../../../src/audit/promises/entry-promise.js';
import { promiseGroup, promiseGroupAside } from '../../../src/audit/promises/promise-group.js';
import { MAX_ORIGIN_BYTES, promiseKeyName } from '../../../src/audit/promises/promise-terms.js';
import { verifyPromise } from '../../../src/audit/promises/verify-promise.js';
import { leafHash } from '../../../src/audit/tlog/hashes.js';
import { noteSigner } from '../../../src/audit/tlog/note-signatures.js';
import { ORIGIN, log, privateKeyOf, witness } from '../tlog/given-signers.js';
import { entryOf, mth, path } from '../tlog/reference-tree.js';
import { AT, DAY, given, headerOf, headersOf, leavesOf, promiser, trust } from './given-promises.js';

const SIZES = Array.from({ length: 64 }, (_, less) => less + 1);

describe('the promises of a group', () => {
  it.each(SIZES)('are those of the tree by the definition, with one signature, for %i entries', (size) => {
    const promises = promiseGroup(leavesOf(size), given);
    expect(promises.map(({ index }) => index)).toEqual([...Array(size).keys()]);
    const hex = (hashes: readonly Buffer[]): string[] => hashes.map((hash) => hash.toString('hex'));
    expect(promises.map(({ hashes }) => hex(hashes))).toEqual(promises.map(({ index }) => hex(path(index, 0, size))));
    const [note = ''] = new Set(promises.map((promise) => promise.note));
    expect(promises.filter((promise) => promise.note !== note)).toEqual([]);
    expect(note).toMatch(`\nleaves ${size}\nroot ${mth(0, size).toString('base64')}\n`);
  });

  it.each(SIZES)('hold each for its own entry alone, of %i', (size) => {
    const headers = headersOf(size);
    expect(headers).toHaveLength(size);
    for (const [index, header] of headers.entries()) {
      const verdict = verifyPromise(header, entryOf(index), trust);
      expect(verdict.holds && verdict.leaf.equals(leafHash(entryOf(index)))).toBe(true);
      expect(verifyPromise(header, entryOf((index + 1) % 65), trust).holds).toBe(false);
      expect(encodePromise(parsePromise(header, 'promise'))).toBe(header);
    }
  });

  it.each([1, 2, 5, 64])('are the same when they are signed aside, of %i', async (size) => {
    expect(await promiseGroupAside(leavesOf(size), given)).toEqual(promiseGroup(leavesOf(size), given));
  });

  it('are refused when they are to be signed aside, as otherwise', async () => {
    await expect(promiseGroupAside(leavesOf(65), given)).rejects.toThrow(new RangeError('leaves must be 1 to 64'));
    await expect(promiseGroupAside(leavesOf(1), { ...given, signer: log })).rejects.toThrow('signer must be named as');
    const signer = noteSigner(promiseKeyName(ORIGIN), 'cosignature/v1', privateKeyOf(6));
    await expect(promiseGroupAside(leavesOf(1), { ...given, signer })).rejects.toThrow('must be of the type ed25519');
  });

  it('say who promises what, from when to when', () => {
    expect(verifyPromise(headerOf(3, 5), entryOf(3), trust)).toEqual({
      holds: true,
      origin: ORIGIN,
      atMilliseconds: AT,
      mergeDelaySeconds: DAY,
      deadlineMilliseconds: AT + 86_400_000,
      leaf: leafHash(entryOf(3)),
      key: promiser.key,
    });
  });

  it('fit into 1 KiB at their largest', () => {
    const origin = 'o'.repeat(MAX_ORIGIN_BYTES);
    const signer = noteSigner(promiseKeyName(origin), 'ed25519', privateKeyOf(6));
    // No time has more digits, and no delay from that time on.
    const [atMilliseconds, mergeDelaySeconds] = [1e15, 8e12];
    const headers = headersOf(64, { origin, signer, atMilliseconds, mergeDelaySeconds });
    const longest = Math.max(...headers.map(({ length }) => length));
    // Another byte of the origin is two of the promise.
    expect(longest).toBeGreaterThan(MAX_PROMISE_CHARACTERS - 4);
    expect(longest).toBeLessThanOrEqual(MAX_PROMISE_CHARACTERS);
    expect(headers.filter((header, at) => !verifyPromise(header, entryOf(at), { keys: [signer.key] }).holds)).toEqual(
      [],
    );
  });

  it.each([
    ['o'.repeat(94)],
    // 47 characters, 94 bytes.
    ['é'.repeat(47)],
    [''],
    ['kms.example log'],
    ['kms.example\nlog'],
    ['kms.example+log'],
  ])('are not given for the origin %j', (origin) => {
    const promised = {
      ...given,
      origin,
      signer: { ...promiser, key: { ...promiser.key, name: `${origin}/promises` } },
    };
    expect(() => promiseGroup(leavesOf(1), promised)).toThrow(
      new RangeError('origin must be an origin without spaces and + of at most 93 bytes'),
    );
  });

  it.each([0, 65])('are not given for %i entries', (size) => {
    expect(() => promiseGroup(leavesOf(size), given)).toThrow(new RangeError('leaves must be 1 to 64'));
  });

  it.each([31, 33])('are not given for a leaf of %i bytes', (length) => {
    expect(() => promiseGroup([Buffer.alloc(length)], given)).toThrow('each of leaves must be a hash of 32 bytes');
  });

  it.each([-1, 0.5, NaN, 2 ** 53])('are not given at the time %p', (atMilliseconds) => {
    expect(() => promiseGroup(leavesOf(1), { ...given, atMilliseconds })).toThrow(
      new RangeError('atMilliseconds must be a whole number of milliseconds'),
    );
  });

  it.each([-1, 0, 0.5, NaN, Infinity, 2 ** 53, 9_005_434_872_205])('are not given for %p seconds', (delay) => {
    expect(() => promiseGroup(leavesOf(1), { ...given, mergeDelaySeconds: delay })).toThrow(
      new RangeError('mergeDelaySeconds must be at least 1 and end at a time that can be written'),
    );
  });

  it.each([
    ['the log itself', log],
    ['a witness', witness],
    ['who promises for another log', noteSigner('kms.example/promises', 'ed25519', privateKeyOf(6))],
  ])('are not signed by %s', (_who, signer) => {
    expect(() => promiseGroup(leavesOf(1), { ...given, signer })).toThrow(
      new RangeError('signer must be named as what promises for origin'),
    );
  });

  it('are not signed by what makes cosignatures', () => {
    const signer = noteSigner(promiseKeyName(ORIGIN), 'cosignature/v1', privateKeyOf(6));
    expect(() => promiseGroup(leavesOf(1), { ...given, signer })).toThrow('signer must be of the type ed25519');
  });
});
