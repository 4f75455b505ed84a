import { describe, expect, it } from '@jest/globals';
import { encodePromise, encodePromises, parsePromise } from '../../../src/audit/promises/entry-promise.js';
import type { EntryPromise } from '../../../src/audit/promises/entry-promise.js';
import { leafHash } from '../../../src/audit/tlog/hashes.js';
import { MalformedTlogError } from '../../../src/audit/tlog/malformed-tlog-error.js';
import { entryOf, path } from '../tlog/reference-tree.js';
import { promiseGroup } from '../../../src/audit/promises/promise-group.js';
import { given, headerOf, headerWith, headersOf, leavesOf, textOf } from './given-promises.js';

const header = headerOf(3, 5);
const text = textOf(header);
const leaf = leafHash(entryOf(3)).toString('base64');
const [sibling = '', cousin = ''] = path(3, 0, 5).map((hash) => hash.toString('base64'));
const signature = text.slice(text.indexOf('— '));
const refuses = (changed: string, message: string): void => {
  expect(() => parsePromise(changed, 'promise')).toThrow(MalformedTlogError);
  expect(() => parsePromise(changed, 'promise')).toThrow(new Error(message));
};

describe('a promise in a header', () => {
  it('is its index, its leaf, the hashes and the note', () => {
    const note = text.slice(text.indexOf('split-key-kms'));
    expect(text.startsWith(`index 3\nleaf ${leaf}\n${sibling}\n${cousin}\n`)).toBe(true);
    expect(parsePromise(header, 'promise')).toEqual({
      index: 3,
      leaf: leafHash(entryOf(3)),
      hashes: path(3, 0, 5),
      note,
    });
  });

  it.each([1, 2, 3, 5, 11, 64])('is what its lines and its note are in base64url, of a group of %i', (size) => {
    const lines = ({ index, leaf, hashes, note }: EntryPromise): string[] => [
      `index ${index}`,
      ...[`leaf ${leaf.toString('base64')}`, ...hashes.map((hash) => hash.toString('base64'))],
      '',
      note,
    ];
    const promises = promiseGroup(leavesOf(size), given);
    expect(headersOf(size)).toEqual(promises.map((promise) => headerWith(lines(promise).join('\n'))));
  });

  it('is written byte by byte, whatever its note begins with', () => {
    for (const [note, index] of ['', 'é', '€uro', '𝒳', 'ab', 'a'].flatMap((note) =>
      [9, 99].map((at) => [note, at] as const),
    )) {
      for (const hashes of [[], path(3, 0, 5)]) {
        const promise = { index, leaf: leafHash(entryOf(3)), hashes, note };
        const written = Buffer.from(encodePromise(promise), 'base64url').toString();
        expect(written.endsWith(`\n\n${note}`)).toBe(true);
        expect(encodePromise(promise)).toBe(headerWith(written));
      }
    }
  });

  it('is not written together with one of another group', () => {
    const others = promiseGroup(leavesOf(1), { ...given, mergeDelaySeconds: 1 });
    expect(() => encodePromises([...promiseGroup(leavesOf(2), given), ...others])).toThrow(
      new RangeError('promises must be of one group'),
    );
  });

  it('has no hashes where the entry was alone', () => {
    expect(parsePromise(headerOf(0, 1), 'promise')).toMatchObject({ index: 0, hashes: [] });
  });

  const number = 'must be a number up to 9007199254740991 without leading zeroes';

  it.each([
    ['index 3', '3', 'promise line 1 must be index and its value'],
    ['index 3', ' index 3', 'promise line 1 must be index and its value'],
    ['index 3', '\uFEFFindex 3', 'promise line 1 must be index and its value'],
    ['index 3', 'index 03', `promise line 1 ${number}`],
    ['index 3', 'index 5', 'promise line 1 must be an index of the group'],
    ['index 3', 'index 3\n', 'promise line 2 must be leaf and its value'],
    [`leaf ${leaf}`, leaf, 'promise line 2 must be leaf and its value'],
    [`leaf ${leaf}\n`, '', 'promise line 2 must be leaf and its value'],
    [leaf, 'AAAA', 'promise line 2 must be 32 bytes in base64'],
    [sibling, 'AAAA', 'promise line 3 must be 32 bytes in base64'],
    [cousin, cousin.slice(1), 'promise line 4 must be base64'],
    [cousin, ` ${cousin}`, 'promise line 4 must be base64'],
    [cousin, `${`${cousin}\n`.repeat(4)}${cousin}`, 'promise must have at most 6 hashes'],
    ['leaves 5', 'leaves 0', 'promise note line 3 must be 1 to 64'],
    ['leaves 5', 'leaves 3', 'promise line 1 must be an index of the group'],
    ['\n\n', '\n', 'promise must have at most 6 hashes'],
    [`\n\n${signature}`, `\n${signature}`, 'promise note must have an empty line before its signatures'],
    [signature, '', 'promise note must have a signature'],
    [signature, signature.trimEnd(), 'promise note must end in a newline'],
    [signature, signature + signature, 'promise note must have one signature of Ed25519'],
    [signature, '— kms.example/log/promises AAAAAAAA\n', 'promise note must have one signature of Ed25519'],
    [signature, `${signature}\n`, 'promise note must have a signature'],
    ['index 3\n', 'index 3\r\n', 'promise must be text without control characters but newlines'],
  ])('is not read with %j as %j', (part, other, message) => {
    expect(text).toContain(part);
    refuses(headerWith(text.replace(part, other)), message);
  });

  it.each([
    ['', 'promise must have an empty line before its note'],
    [`${header}=`, 'promise must be base64url without padding'],
    [`${header} `, 'promise must be base64url without padding'],
    [` ${header}`, 'promise must be base64url without padding'],
    [`${header.slice(0, 100)}\n${header.slice(100)}`, 'promise must be base64url without padding'],
    [Buffer.from('?>?').toString('base64'), 'promise must be base64url without padding'],
    ['ä', 'promise must be base64url without padding'],
    [headerWith(Buffer.from([0xff, 0xfe])), 'promise must be UTF-8'],
    ['A'.repeat(1025), 'promise must have at most 1024 characters'],
  ])('is not %j', (changed, message) => {
    refuses(changed, message);
  });

  it('has no second spelling in the bits that the last character has to spare', () => {
    const spare = [0, 1, 2]
      .map((size) => headerOf(0, 1, { mergeDelaySeconds: 10 ** size }))
      .find((h) => h.length % 4 > 0);
    expect(spare).toBeDefined();
    for (const last of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
      const changed = `${spare?.slice(0, -1) ?? ''}${last}`;
      if (changed !== spare) expect(() => parsePromise(changed, 'promise')).toThrow(MalformedTlogError);
    }
  });
});
