import { describe, expect, it } from '@jest/globals';
import { encodePromise, parsePromise } from '../../../src/audit/promises/entry-promise.js';
import type { EntryPromise } from '../../../src/audit/promises/entry-promise.js';
import { promiseGroup } from '../../../src/audit/promises/promise-group.js';
import { verifyPromise, verifyPromiseAlone } from '../../../src/audit/promises/verify-promise.js';
import { leafHash } from '../../../src/audit/tlog/hashes.js';
import { noteSigner, signNoteText } from '../../../src/audit/tlog/note-signatures.js';
import { encodeNote } from '../../../src/audit/tlog/signed-note.js';
import { ORIGIN, log, privateKeyOf, witness } from '../tlog/given-signers.js';
import { entryOf, mth } from '../tlog/reference-tree.js';
import { given, headerOf, headerWith, leavesOf, otherPromiser, promiser, textOf, trust } from './given-promises.js';

const unrelated = 'promise does not lead from its leaf at its index to the root of its group';
const another = 'promise line 2 is the hash of another entry';
const unsigned = 'note is not signed by a known key';
const otherLog = 'promise note line 2 is the origin of another log';
const changedText = /^signature of kms\.example\/log\/promises\+[0-9a-f]{8} is not of this text$/;
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const read = (header: string): EntryPromise => parsePromise(header, 'promise');
const whyNot = (header: string, index: number, trusted = trust): unknown => {
  const verdict = verifyPromise(header, entryOf(index), trusted);
  return verdict.holds ? 'holds' : verdict.why;
};

describe('a promise', () => {
  it.each([
    [37, 64],
    [4, 5],
    [0, 1],
  ])('of entry %i of %i is refused with any byte of its text changed', (index, size) => {
    const bytes = Buffer.from(textOf(headerOf(index, size)));
    const accepted: number[] = [];
    for (const flip of [0x01, 0x02, 0x20, 0x80]) {
      for (let at = 0; at < bytes.length; at += 1) {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(at) ^ flip, at);
        if (whyNot(headerWith(changed), index) === 'holds') accepted.push(at);
      }
    }
    expect(accepted).toEqual([]);
  });

  it('is refused with any character of its header changed, doubled or left out', () => {
    const header = headerOf(4, 5);
    const accepted: string[] = [];
    for (let at = 0; at < header.length; at += 1) {
      const [before, character, after] = [header.slice(0, at), header.slice(at, at + 1), header.slice(at + 1)];
      const next = BASE64URL.charAt((BASE64URL.indexOf(character) + 1 + (at % 63)) % 64);
      for (const changed of [
        `${before}${next}${after}`,
        `${before}=${after}`,
        `${before}${character}${character}${after}`,
        `${before}${after}`,
        before,
      ]) {
        if (changed !== header && whyNot(changed, 4) === 'holds') accepted.push(changed);
      }
    }
    expect(accepted).toEqual([]);
  });

  it('is refused for another entry of its group, also by that entry’s index or path', () => {
    const [mine, neighbours] = [read(headerOf(2, 5)), read(headerOf(3, 5))];
    const { hashes, leaf } = neighbours;
    expect(whyNot(headerOf(2, 5), 3)).toBe(another);
    expect(whyNot(encodePromise({ ...mine, index: 3 }), 3)).toBe(unrelated);
    expect(whyNot(encodePromise({ ...mine, index: 3 }), 2)).toBe(unrelated);
    expect(whyNot(encodePromise({ ...mine, hashes }), 2)).toBe(unrelated);
    expect(whyNot(encodePromise({ ...mine, leaf }), 3)).toBe(unrelated);
    expect(whyNot(encodePromise({ ...mine, hashes, index: 3 }), 3)).toBe(unrelated);
    expect(whyNot(encodePromise({ ...mine, hashes, leaf, index: 3 }), 2)).toBe(another);
    expect(whyNot(encodePromise({ ...mine, hashes, leaf, index: 3 }), 3)).toBe('holds');
  });

  it.each([7, 5, 1])('is refused at every other index of a group of %i', (size) => {
    for (let index = 0; index < size; index += 1) {
      const promise = read(headerOf(index, size));
      for (let other = 0; other < size; other += 1) {
        const expected = other === index ? 'holds' : unrelated;
        expect(whyNot(encodePromise({ ...promise, index: other }), index)).toBe(expected);
      }
    }
  });

  it('is refused with a hash too few or too many', () => {
    const promise = read(headerOf(2, 5));
    const [first = Buffer.alloc(32)] = promise.hashes;
    for (const hashes of [[], promise.hashes.slice(1), promise.hashes.slice(0, -1), [...promise.hashes, first]]) {
      expect(whyNot(encodePromise({ ...promise, hashes }), 2)).toBe(unrelated);
    }
  });

  it('is refused for a node of the group’s tree that is passed off as an entry', () => {
    const promise = read(headerOf(2, 4));
    const above = encodePromise({ ...promise, leaf: mth(2, 4), hashes: promise.hashes.slice(1), index: 1 });
    expect(verifyPromiseAlone(above, trust)).toEqual({ holds: false, why: unrelated });
    expect(verifyPromise(above, Buffer.concat([mth(2, 3), mth(3, 4)]), trust)).toMatchObject({ why: unrelated });
  });

  it('is refused with the note of another group, of the same size or of another', () => {
    const promise = read(headerOf(2, 5));
    const leaves = leavesOf(6).slice(1);
    const [other] = promiseGroup(leaves, given);
    expect(whyNot(encodePromise({ ...promise, note: other?.note ?? '' }), 2)).toBe(unrelated);
    for (const size of [3, 4, 6, 8]) {
      expect(whyNot(encodePromise({ ...promise, note: read(headerOf(0, size)).note }), 2)).toBe(unrelated);
    }
    const text = textOf(headerOf(2, 5)).replace(mth(0, 5).toString('base64'), mth(1, 6).toString('base64'));
    expect(whyNot(headerWith(text), 2)).toMatch(changedText);
  });

  it('is refused with the size of its group, the time or the delay changed', () => {
    const text = textOf(headerOf(2, 5));
    for (const [part, other] of [
      ['leaves 5', 'leaves 6'],
      ['at_ms 1', 'at_ms 2'],
      ['merge_delay_s 8', 'merge_delay_s 9'],
    ] as const) {
      expect(whyNot(headerWith(text.replace(part, other)), 2)).toMatch(changedText);
    }
  });

  it('is refused by who trusts other keys', () => {
    const header = headerOf(2, 5);
    expect(whyNot(header, 2, { keys: [otherPromiser.key] })).toBe(unsigned);
    expect(whyNot(header, 2, { keys: [log.key] })).toBe(unsigned);
    expect(whyNot(header, 2, { keys: [otherPromiser.key, promiser.key] })).toBe('holds');
    expect(whyNot(headerOf(2, 5, { signer: otherPromiser }), 2)).toBe(unsigned);
  });

  it('is refused where it is of another log', () => {
    const origin = `${ORIGIN}/e2`;
    const signer = noteSigner(`${origin}/promises`, 'ed25519', privateKeyOf(6));
    const later = headerOf(2, 5, { origin, signer });
    expect(whyNot(later, 2)).toBe(unsigned);
    const both = { keys: [promiser.key, signer.key] };
    expect(verifyPromise(later, entryOf(2), both)).toMatchObject({ holds: true, origin });
    expect(verifyPromise(later, entryOf(2), { ...both, origin })).toMatchObject({ holds: true, origin });
    expect(verifyPromise(later, entryOf(2), { ...both, origin: ORIGIN })).toEqual({ holds: false, why: otherLog });

    const misnamed = textOf(later).replace(`— ${origin}/promises`, `— ${ORIGIN}/promises`);
    expect(whyNot(headerWith(misnamed), 2)).toBe(unsigned);
    // As somebody would sign it who has the key and does not keep to its name.
    const text = read(later).note.split('\n\n')[0] ?? '';
    const note = encodeNote({ text: `${text}\n`, signatures: [signNoteText(`${text}\n`, promiser)] });
    expect(whyNot(encodePromise({ ...read(later), note }), 2)).toBe(otherLog);
  });

  it('names its leaf to who has not been given the entry', () => {
    const header = headerOf(2, 5);
    expect(verifyPromiseAlone(header, trust)).toMatchObject({ holds: true, leaf: leafHash(entryOf(2)) });
    expect(verifyPromiseAlone(header, { keys: [otherPromiser.key] })).toEqual({ holds: false, why: unsigned });
    const other = encodePromise({ ...read(header), leaf: leafHash(entryOf(1)) });
    expect(verifyPromiseAlone(other, trust)).toEqual({ holds: false, why: unrelated });
    expect(verifyPromise(other, entryOf(1), trust)).toEqual({ holds: false, why: unrelated });
  });

  it('is refused, and nothing thrown, where it is malformed', () => {
    expect(whyNot('', 2)).toBe('promise must have an empty line before its note');
    expect(whyNot('A'.repeat(2_000_000), 2)).toBe('promise must have at most 1024 characters');
  });

  it.each([[[]], [[witness.key]], [[promiser.key, witness.key]]])(
    'is not verified by the wrong kind of trust',
    (keys) => {
      expect(() => verifyPromise(headerOf(2, 5), entryOf(2), { keys })).toThrow(
        new RangeError('keys must be of the type ed25519, at least one'),
      );
    },
  );
});
