import { describe, expect, it } from '@jest/globals';
import { encodeCheckpoint } from '../../../src/audit/tlog/checkpoint.js';
import { cosignCheckpoint, signNoteText } from '../../../src/audit/tlog/note-signatures.js';
import { encodeNote } from '../../../src/audit/tlog/signed-note.js';
import { encodeTlogProof } from '../../../src/audit/tlog/tlog-proof.js';
import { verifyTlogProof } from '../../../src/audit/tlog/verify-tlog-proof.js';
import { ORIGIN, log, oldLog, otherWitness, witness } from './given-signers.js';
import { entryOf, mth, path } from './reference-tree.js';

const checkpointOf = (size: number): string => {
  const text = encodeCheckpoint({ origin: ORIGIN, size, root: mth(0, size) });
  return encodeNote({ text, signatures: [signNoteText(text, log), cosignCheckpoint(text, witness, 1_700_000_000)] });
};

const proofOf = (index: number, size: number): string =>
  encodeTlogProof({ index, hashes: path(index, 0, size), checkpoint: checkpointOf(size) });

const policy = { log: [log.key], witnesses: [witness.key, otherWitness.key], quorum: 1 };

const unrelated = 'proof does not lead from this entry at this index to the root of the checkpoint';

describe('a proof that an entry is in the log', () => {
  it.each([
    [0, 1],
    [0, 2],
    [4, 5],
    [40, 100],
    [99, 100],
  ])('holds for entry %i of %i', (index, size) => {
    expect(verifyTlogProof(proofOf(index, size), entryOf(index), policy)).toEqual({
      holds: true,
      index,
      checkpoint: { origin: ORIGIN, size, root: mth(0, size), extensionLines: [] },
      cosignatures: [{ name: 'witness.example/w1', timestampSeconds: 1_700_000_000 }],
    });
  });

  it('tells extra data, for which nothing vouches', () => {
    const extra = Buffer.from('anything');
    const proof = encodeTlogProof({ extra, index: 1, hashes: path(1, 0, 3), checkpoint: checkpointOf(3) });
    expect(verifyTlogProof(proof, entryOf(1), policy)).toMatchObject({ holds: true, extra });
    const other = proof.replace(extra.toString('base64'), 'YQ==');
    expect(verifyTlogProof(other, entryOf(1), policy)).toMatchObject({ holds: true, extra: Buffer.from('a') });
  });

  it('is refused for another entry, or one byte more', () => {
    const proof = proofOf(3, 7);
    expect(verifyTlogProof(proof, entryOf(2), policy)).toEqual({ holds: false, why: unrelated });
    expect(verifyTlogProof(proof, Buffer.concat([entryOf(3), Buffer.alloc(1)]), policy)).toMatchObject({
      why: unrelated,
    });
  });

  it('is refused with the hashes or the checkpoint of another one', () => {
    const foreign = encodeTlogProof({ index: 3, hashes: path(3, 0, 7), checkpoint: checkpointOf(8) });
    expect(verifyTlogProof(foreign, entryOf(3), policy)).toEqual({ holds: false, why: unrelated });
    const past = encodeTlogProof({ index: 8, hashes: path(3, 0, 8), checkpoint: checkpointOf(8) });
    expect(verifyTlogProof(past, entryOf(3), policy)).toEqual({
      holds: false,
      why: 'proof is of an index that the tree does not have',
    });
  });

  it('is refused by whoever trusts other keys, or more witnesses', () => {
    const proof = proofOf(3, 7);
    expect(verifyTlogProof(proof, entryOf(3), { log: [oldLog.key] })).toEqual({
      holds: false,
      why: 'note is not signed by a known key',
    });
    expect(verifyTlogProof(proof, entryOf(3), { ...policy, quorum: 2 })).toEqual({
      holds: false,
      why: 'checkpoint has 1 cosignatures of known witnesses, not 2',
    });
    expect(verifyTlogProof(proof, entryOf(3), { ...policy, origin: 'other.example' })).toMatchObject({ holds: false });
  });

  it('is refused with any byte of it changed', () => {
    const bytes = Buffer.from(proofOf(3, 7));
    const accepted: number[] = [];
    for (const flip of [0x01, 0x02, 0x20, 0x80]) {
      for (let at = 0; at < bytes.length; at += 1) {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(at) ^ flip, at);
        if (verifyTlogProof(changed, entryOf(3), policy).holds) accepted.push(at);
      }
    }
    expect(accepted).toEqual([]);
  });

  it('is refused cut off anywhere', () => {
    const proof = proofOf(3, 7);
    const accepted = Array.from({ length: proof.length }, (_, length) => length).filter(
      (length) => verifyTlogProof(proof.slice(0, length), entryOf(3), policy).holds,
    );
    expect(accepted).toEqual([]);
  });

  it('is refused, and nothing thrown, where it is malformed', () => {
    expect(verifyTlogProof('', entryOf(3), policy)).toEqual({
      holds: false,
      why: 'proof must have an empty line before its checkpoint',
    });
    expect(verifyTlogProof(Buffer.from([0xff]), entryOf(3), policy)).toEqual({
      holds: false,
      why: 'proof must be UTF-8',
    });
  });
});
