import { describe, expect, it } from '@jest/globals';
import { encodeAddCheckpoint } from '../../../src/audit/tlog/add-checkpoint.js';
import { encodeCheckpoint } from '../../../src/audit/tlog/checkpoint.js';
import { judgeCheckpoint } from '../../../src/audit/tlog/judge-checkpoint.js';
import type { Judgement, WatchedLog } from '../../../src/audit/tlog/judge-checkpoint.js';
import { signNoteText } from '../../../src/audit/tlog/note-signatures.js';
import { encodeNote } from '../../../src/audit/tlog/signed-note.js';
import { ORIGIN, log, oldLog, stranger } from './given-signers.js';
import { mth, proof } from './reference-tree.js';

const noteOf = (size: number, { origin = ORIGIN, root = mth(0, size), signer = log } = {}): string => {
  const text = encodeCheckpoint({ origin, size, root });
  return encodeNote({ text, signatures: [signNoteText(text, stranger), signNoteText(text, signer)] });
};

const bodyOf = (oldSize: number, size: number, checkpoint = noteOf(size)): string =>
  encodeAddCheckpoint({ oldSize, proof: proof(oldSize, size), checkpoint });

const judge = (body: string | Uint8Array, watched: Partial<WatchedLog> = {}): Judgement =>
  judgeCheckpoint(body, (origin) => (origin === ORIGIN ? { keys: [log.key], ...watched } : undefined));

const at = (size: number): Partial<WatchedLog> => ({ latest: { size, root: mth(0, size) } });

describe('a witness', () => {
  it.each([
    [0, 1],
    [0, 9],
    [1, 2],
    [3, 7],
    [8, 9],
    [7, 7],
  ])('cosigns a tree that went from %i to %i leaves', (oldSize, size) => {
    expect(judge(bodyOf(oldSize, size), at(oldSize))).toEqual({
      status: 200,
      text: encodeCheckpoint({ origin: ORIGIN, size, root: mth(0, size) }),
      checkpoint: { origin: ORIGIN, size, root: mth(0, size), extensionLines: [] },
    });
  });

  it('begins with any tree, and with the empty one as well', () => {
    expect(judge(bodyOf(0, 9)).status).toBe(200);
    expect(judge(bodyOf(0, 0)).status).toBe(200);
    expect(judge(bodyOf(0, 0, noteOf(0, { root: mth(0, 1) }))).status).toBe(409);
  });

  it('does not know logs that nobody told it of', () => {
    expect(judge(bodyOf(0, 1, noteOf(1, { origin: 'other.example' })))).toMatchObject({ status: 404 });
  });

  it('cosigns nothing that the log did not sign', () => {
    expect(judge(bodyOf(0, 1, noteOf(1, { signer: oldLog })))).toMatchObject({ status: 403 });
    const altered = noteOf(1).replace('\n1\n', '\n2\n');
    expect(judge(bodyOf(0, 1, altered))).toMatchObject({
      status: 403,
      why: expect.stringMatching(/is not of this text$/),
    });
  });

  it('says which size it knows, and only that', () => {
    expect(judge(bodyOf(3, 7), at(5))).toMatchObject({ status: 409, size: 5 });
    expect(judge(bodyOf(3, 7))).toMatchObject({ status: 409, size: 0 });
    expect(judge(bodyOf(0, 7), at(5))).toMatchObject({ status: 409, size: 5 });
  });

  it('never cosigns two roots of one size', () => {
    const forked = noteOf(5, { root: mth(1, 6) });
    const judgement = judge(bodyOf(5, 5, forked), at(5));
    expect(judgement).toMatchObject({ status: 409, why: expect.stringMatching(/^checkpoint has another root/) });
    expect(judgement).not.toHaveProperty('size');
  });

  it('never cosigns a smaller tree', () => {
    const shrunk = encodeAddCheckpoint({ oldSize: 7, proof: [], checkpoint: noteOf(5) });
    expect(judge(shrunk, at(7))).toMatchObject({ status: 400 });
    expect(judge(bodyOf(3, 5), at(7))).toMatchObject({ status: 409, size: 7 });
  });

  it('never cosigns a tree that is not shown to begin with the last', () => {
    const forked = noteOf(7, { root: mth(1, 8) });
    expect(judge(bodyOf(3, 7, forked), at(3))).toMatchObject({ status: 422 });
    const unproven = encodeAddCheckpoint({ oldSize: 3, proof: [], checkpoint: noteOf(7) });
    expect(judge(unproven, at(3))).toMatchObject({ status: 422 });
    const overproven = encodeAddCheckpoint({ oldSize: 0, proof: [mth(0, 7)], checkpoint: noteOf(7) });
    expect(judge(overproven)).toMatchObject({ status: 422 });
  });

  it.each([
    ['', 'body must have an empty line before its checkpoint'],
    ['old 0\n\nx\n', 'checkpoint must have an empty line before its signatures'],
    [`old 0\n\n${noteOf(1).replace('\n1\n', '\n01\n')}`, /^checkpoint line 2 must be a number/],
    [Buffer.from([0xff]), 'body must be UTF-8'],
  ])('refuses what is malformed, and throws nothing: %j', (body, why) => {
    expect(judge(body)).toEqual({ status: 400, why: expect.stringMatching(why) });
  });
});
