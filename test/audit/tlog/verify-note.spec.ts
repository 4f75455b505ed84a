import { describe, expect, it } from '@jest/globals';
import { encodeCheckpoint } from '../../../src/audit/tlog/checkpoint.js';
import { cosignCheckpoint, noteSigner, signNoteText } from '../../../src/audit/tlog/note-signatures.js';
import { encodeNote } from '../../../src/audit/tlog/signed-note.js';
import type { NoteSignature } from '../../../src/audit/tlog/signed-note.js';
import { parseVkey } from '../../../src/audit/tlog/verifier-key.js';
import type { VerifierKey } from '../../../src/audit/tlog/verifier-key.js';
import { verifyNote } from '../../../src/audit/tlog/verify-note.js';
import { ORIGIN, log, oldLog, privateKeyOf, stranger, witness } from './given-signers.js';
import { GO_CHECKSUMS, GO_EXAMPLE, WITNESSED } from './published-notes.js';

const text = encodeCheckpoint({ origin: ORIGIN, size: 5, root: Buffer.alloc(32, 9) });
const byLog = signNoteText(text, log);
const byStranger = signNoteText(text, stranger);
const byWitness = cosignCheckpoint(text, witness, 1_700_000_000);

const noteOf = (...signatures: NoteSignature[]): string => encodeNote({ text, signatures });

const signersOf = (note: string, known: readonly VerifierKey[]): unknown => {
  const verdict = verifyNote(note, known);
  return verdict.holds ? verdict.signatures.map(({ key: { name } }) => name) : verdict.why;
};

const unsigned = 'note is not signed by a known key';
const badLog = /^signature of kms\.example\/log\+[0-9a-f]{8} is not of this text$/;

describe('a signed note', () => {
  it.each([
    [GO_EXAMPLE.note, GO_EXAMPLE.vkey],
    [GO_CHECKSUMS.note, GO_CHECKSUMS.vkey],
    [WITNESSED.note, WITNESSED.log],
  ])('of somebody else verifies: %j', (note, vkey) => {
    const key = parseVkey(vkey, 'key');
    expect(verifyNote(note, [key])).toMatchObject({ holds: true, signatures: [{ key }] });
    expect(verifyNote(note.replace(/\d/, '7').replace('think', 'thank'), [key])).toMatchObject({ holds: false });
  });

  it('of somebody else verifies with the time of its cosignature', () => {
    const key = parseVkey(WITNESSED.witness, 'key');
    expect(verifyNote(WITNESSED.note, [key])).toMatchObject({
      holds: true,
      signatures: [{ key, timestampSeconds: WITNESSED.cosignedAtSeconds }],
    });
    expect(verifyNote(WITNESSED.note.replace('1432088532', '1432088533'), [key])).toMatchObject({ holds: false });
  });

  it('is verified by each known key that signed it, in the order of its lines', () => {
    expect(signersOf(noteOf(byWitness, byStranger, byLog), [log.key, witness.key, oldLog.key])).toEqual([
      'witness.example/w1',
      ORIGIN,
    ]);
  });

  it('is read as bytes as well', () => {
    expect(verifyNote(Buffer.from(noteOf(byLog)), [log.key])).toMatchObject({ holds: true, text });
  });

  it('is refused where no known key signed it', () => {
    expect(signersOf(noteOf(byLog), [])).toBe(unsigned);
    expect(signersOf(noteOf(byLog), [stranger.key, oldLog.key, witness.key])).toBe(unsigned);
  });

  it('may have lines of unknown keys that are wrong, also of the name or of the id of a known one', () => {
    const wrong = { ...byStranger, signature: Buffer.alloc(5_000, 1) };
    const sameName = { ...byLog, keyId: (byLog.keyId + 1) % 2 ** 32, signature: Buffer.alloc(64) };
    const sameId = { ...byLog, keyName: 'another.example', signature: Buffer.alloc(64) };
    expect(signersOf(noteOf(wrong, sameName, sameId, byLog, wrong), [log.key])).toEqual([ORIGIN]);
  });

  it('is refused for one wrong signature of a known key, whoever else signed it', () => {
    const wrong = { ...byLog, signature: Buffer.alloc(64, 1) };
    expect(signersOf(noteOf(wrong), [log.key])).toMatch(badLog);
    expect(signersOf(noteOf(byWitness, wrong), [log.key, witness.key])).toMatch(badLog);
    expect(signersOf(noteOf(byLog, wrong), [log.key])).toMatch(badLog);
    expect(signersOf(noteOf(wrong, byLog), [log.key])).toMatch(badLog);
  });

  it.each([0, 1, 63, 65, 72])('is refused for a signature of %i bytes', (length) => {
    const cut = Buffer.concat([byLog.signature, Buffer.alloc(8)]).subarray(0, length || 1);
    expect(signersOf(noteOf({ ...byLog, signature: cut }), [log.key])).toMatch(badLog);
  });

  it('counts a key once that signed twice, or that is known twice', () => {
    expect(signersOf(noteOf(byLog, byLog), [log.key])).toEqual([ORIGIN]);
    expect(signersOf(noteOf(byLog), [log.key, { ...log.key }])).toEqual([ORIGIN]);
  });

  it('is refused where two known keys have the name and the id of a signature', () => {
    const other = { ...oldLog.key, id: log.key.id };
    expect(signersOf(noteOf(byLog), [log.key, other])).toMatch(/could be of two known keys$/);
    expect(signersOf(noteOf(byLog), [other, log.key])).toMatch(/could be of two known keys$/);
  });

  it('is refused, and nothing thrown, where it is malformed', () => {
    expect(signersOf('', [log.key])).toBe('note must have an empty line before its signatures');
    expect(verifyNote(Buffer.from([0xff]), [log.key])).toEqual({ holds: false, why: 'note must be UTF-8' });
  });

  it('is refused with any byte of it changed', () => {
    const bytes = Buffer.from(noteOf(byLog, byWitness));
    const accepted: number[] = [];
    for (const flip of [0x01, 0x20, 0x80]) {
      for (let at = 0; at < bytes.length; at += 1) {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(at) ^ flip, at);
        const verdict = verifyNote(changed, [log.key, witness.key]);
        // A changed name or id makes a line somebody else's, so one of the two is left.
        if (verdict.holds && (verdict.text !== text || verdict.signatures.length !== 1)) accepted.push(at);
      }
    }
    expect(accepted).toEqual([]);
  });

  it('is of a key that belongs to no curve point refused, and nothing thrown', () => {
    const impossible = { ...log.key, publicKey: Buffer.alloc(32, 0xff) };
    expect(signersOf(noteOf(byLog), [impossible])).toMatch(badLog);
  });
});

describe('a cosignature', () => {
  it('is over the header, the time and the text', () => {
    const timestamp = byWitness.signature.subarray(0, 8);
    expect(timestamp.readBigUInt64BE()).toBe(1_700_000_000n);
    const message = `cosignature/v1\ntime 1700000000\n${text}`;
    const plain = signNoteText(message, noteSigner('x', 'ed25519', privateKeyOf(4)));
    expect(byWitness.signature.subarray(8)).toEqual(plain.signature);
  });

  it('is of its time and no other', () => {
    for (let at = 0; at < byWitness.signature.length; at += 1) {
      const signature = Buffer.from(byWitness.signature);
      signature.writeUInt8(signature.readUInt8(at) ^ 1, at);
      expect(verifyNote(noteOf({ ...byWitness, signature }), [witness.key]).holds).toBe(false);
    }
  });

  it('is no signature of the log, nor the other way round, by one and the same key', () => {
    const asLog = noteSigner(ORIGIN, 'ed25519', privateKeyOf(4));
    const swapped = { ...byWitness, keyName: ORIGIN, keyId: asLog.key.id };
    expect(signersOf(noteOf(swapped), [asLog.key])).toMatch(/is not of this text$/);
    const plain = { ...signNoteText(text, asLog), keyName: witness.key.name, keyId: witness.key.id };
    expect(signersOf(noteOf(plain), [witness.key])).toMatch(/is not of this text$/);
  });

  it.each([0, Number.MAX_SAFE_INTEGER])('has the time %i', (timestampSeconds) => {
    const note = noteOf(cosignCheckpoint(text, witness, timestampSeconds));
    expect(verifyNote(note, [witness.key])).toMatchObject({ holds: true, signatures: [{ timestampSeconds }] });
  });

  it('is not made of what is no checkpoint or no time, nor by a key of the other type', () => {
    expect(() => cosignCheckpoint('a text\n', witness, 1)).toThrow('checkpoint line 2 must be a number');
    expect(() => cosignCheckpoint(text, witness, -1)).toThrow('timestampSeconds must be a whole number of seconds');
    expect(() => cosignCheckpoint(text, witness, 0.5)).toThrow('timestampSeconds must be a whole number of seconds');
    expect(() => cosignCheckpoint(text, log, 1)).toThrow('signer must be of the type cosignature/v1');
    expect(() => signNoteText(text, witness)).toThrow('signer must be of the type ed25519');
  });
});
