import { describe, expect, it } from '@jest/globals';
import { encodePromise, parsePromise } from '../../../src/audit/promises/entry-promise.js';
import { verifyPromise } from '../../../src/audit/promises/verify-promise.js';
import { leafHash } from '../../../src/audit/tlog/hashes.js';
import { encodeCheckpoint } from '../../../src/audit/tlog/checkpoint.js';
import { cosignCheckpoint, noteSigner, signNoteText } from '../../../src/audit/tlog/note-signatures.js';
import { encodeNote } from '../../../src/audit/tlog/signed-note.js';
import { encodeTlogProof } from '../../../src/audit/tlog/tlog-proof.js';
import { verifyCheckpoint } from '../../../src/audit/tlog/verify-checkpoint.js';
import { verifyTlogProof } from '../../../src/audit/tlog/verify-tlog-proof.js';
import { ORIGIN, privateKeyOf, witness } from '../tlog/given-signers.js';
import { entryOf, mth, path } from '../tlog/reference-tree.js';
import { headerOf, promiser } from './given-promises.js';

describe('a promise and a checkpoint', () => {
  // One key for everything, which nobody must have: the texts alone keep them apart.
  const seed = privateKeyOf(6);
  const asLog = noteSigner(ORIGIN, 'ed25519', seed);
  const keys = [promiser.key, asLog.key];

  it('are never taken for each other: a promise is no checkpoint', () => {
    const { note } = parsePromise(headerOf(2, 5), 'promise');
    const line2 = 'checkpoint line 2 must be a number up to 9007199254740991 without leading zeroes';
    expect(verifyCheckpoint(note, { log: keys, origin: ORIGIN })).toEqual({ holds: false, why: line2 });
    expect(verifyCheckpoint(note, { log: keys, origin: 'split-key-kms audit promise v1' })).toMatchObject({
      why: line2,
    });
    const proof = encodeTlogProof({ index: 2, hashes: path(2, 0, 5), checkpoint: note });
    expect(verifyTlogProof(proof, entryOf(2), { log: keys })).toMatchObject({ holds: false, why: line2 });
    expect(() => cosignCheckpoint(note.slice(0, note.indexOf('\n\n') + 1), witness, 1)).toThrow(/^checkpoint line 2 /);
  });

  it('are not, even for a log of which the origin is a number', () => {
    const signer = noteSigner('5/promises', 'ed25519', seed);
    const { note } = parsePromise(headerOf(2, 5, { origin: '5', signer }), 'promise');
    const policy = { log: [signer.key], origin: 'split-key-kms audit promise v1' };
    expect(verifyCheckpoint(note, policy)).toEqual({ holds: false, why: 'checkpoint line 3 must be base64' });
  });

  it.each([ORIGIN, 'split-key-kms audit promise v1'])('are not: a checkpoint of %j is no promise', (origin) => {
    const text = encodeCheckpoint({ origin, size: 5, root: mth(0, 5) });
    for (const signature of [
      signNoteText(text, promiser),
      signNoteText(text, asLog),
      cosignCheckpoint(text, witness, 1),
    ]) {
      const note = encodeNote({ text, signatures: [signature] });
      const verdict = verifyPromise(
        encodePromise({ index: 2, leaf: leafHash(entryOf(2)), hashes: path(2, 0, 5), note }),
        entryOf(2),
        { keys },
      );
      expect(verdict).toMatchObject({
        holds: false,
        why: expect.stringMatching(/^promise note line (1 must be split-key-kms audit promise v1|3 must be leaves)/),
      });
    }
  });
});
