import { describe, expect, it } from '@jest/globals';
import { encodeCheckpoint } from '../../../src/audit/tlog/checkpoint.js';
import { cosignCheckpoint, noteSigner, signNoteText } from '../../../src/audit/tlog/note-signatures.js';
import { encodeNote } from '../../../src/audit/tlog/signed-note.js';
import type { NoteSignature } from '../../../src/audit/tlog/signed-note.js';
import { parseVkey } from '../../../src/audit/tlog/verifier-key.js';
import { verifyCheckpoint } from '../../../src/audit/tlog/verify-checkpoint.js';
import type { TrustPolicy } from '../../../src/audit/tlog/verify-checkpoint.js';
import { ORIGIN, log, oldLog, otherWitness, privateKeyOf, stranger, witness } from './given-signers.js';
import { GO_CHECKSUMS, WITNESSED } from './published-notes.js';

const root = Buffer.alloc(32, 9);
const text = encodeCheckpoint({ origin: ORIGIN, size: 5, root });
const byLog = signNoteText(text, log);
const cosigned = [cosignCheckpoint(text, witness, 100), cosignCheckpoint(text, otherWitness, 200)];

const noteOf = (...signatures: NoteSignature[]): string => encodeNote({ text, signatures });

const whyNot = (note: string, policy: TrustPolicy): string => {
  const verdict = verifyCheckpoint(note, policy);
  return verdict.holds ? 'it holds' : verdict.why;
};

describe('a signed checkpoint', () => {
  it('of somebody else holds, with the witness that we know', () => {
    const policy = { log: [parseVkey(WITNESSED.log, 'log')], witnesses: [parseVkey(WITNESSED.witness, 'witness')] };
    expect(verifyCheckpoint(WITNESSED.note, { ...policy, quorum: 1 })).toMatchObject({
      holds: true,
      checkpoint: { origin: 'arche2025h1.staging.ct.transparency.dev', size: 1_432_088_532 },
      cosignatures: [{ name: 'remora.n621.de', timestampSeconds: WITNESSED.cosignedAtSeconds }],
    });
  });

  it('of somebody else holds where its origin is not the name of the key, if that is said', () => {
    const policy = { log: [parseVkey(GO_CHECKSUMS.vkey, 'log')] };
    expect(whyNot(GO_CHECKSUMS.note, policy)).toBe('checkpoint line 1 is the origin of another log');
    expect(whyNot(GO_CHECKSUMS.note, { ...policy, origin: 'go.sum database tree' })).toBe('it holds');
  });

  it('holds by the log alone if nothing more is demanded', () => {
    expect(verifyCheckpoint(noteOf(byLog), { log: [log.key] })).toEqual({
      holds: true,
      checkpoint: { origin: ORIGIN, size: 5, root, extensionLines: [] },
      cosignatures: [],
    });
  });

  it('holds by any of the keys that the log has while they change', () => {
    const byOld = signNoteText(text, oldLog);
    expect(whyNot(noteOf(byOld), { log: [log.key, oldLog.key] })).toBe('it holds');
    expect(whyNot(noteOf(byOld, byLog), { log: [log.key] })).toBe('it holds');
    expect(whyNot(noteOf(byOld), { log: [log.key] })).toBe('note is not signed by a known key');
  });

  it('is refused by witnesses alone', () => {
    const policy = { log: [log.key], witnesses: [witness.key, otherWitness.key] };
    expect(whyNot(noteOf(...cosigned), policy)).toBe('checkpoint is not signed by the log');
  });

  it('is refused of another log that the same key signed', () => {
    const elsewhere = encodeCheckpoint({ origin: `${ORIGIN}/e1`, size: 5, root });
    const note = encodeNote({ text: elsewhere, signatures: [signNoteText(elsewhere, log)] });
    expect(whyNot(note, { log: [log.key] })).toBe('checkpoint line 1 is the origin of another log');
    expect(whyNot(note, { log: [log.key], origin: `${ORIGIN}/e1` })).toBe('it holds');
    expect(whyNot(noteOf(byLog), { log: [log.key], origin: `${ORIGIN}/e1` })).toMatch(/of another log$/);
  });

  it('of one log is not that of another which is trusted as well', () => {
    const note = encodeNote({ text, signatures: [signNoteText(text, stranger)] });
    expect(whyNot(note, { log: [log.key, stranger.key] })).toMatch(/of another log$/);
  });

  it('is refused with fewer cosignatures than demanded', () => {
    const policy = { log: [log.key], witnesses: [witness.key, otherWitness.key] };
    const verdict = verifyCheckpoint(noteOf(byLog, ...cosigned), { ...policy, quorum: 2 });
    expect(verdict.holds && verdict.cosignatures).toEqual([
      { name: 'witness.example/w1', timestampSeconds: 100 },
      { name: 'witness.example/w2', timestampSeconds: 200 },
    ]);
    expect(whyNot(noteOf(byLog, ...cosigned.slice(1)), { ...policy, quorum: 2 })).toBe(
      'checkpoint has 1 cosignatures of known witnesses, not 2',
    );
    expect(whyNot(noteOf(byLog, ...cosigned), { log: [log.key], witnesses: [witness.key], quorum: 1 })).toBe(
      'it holds',
    );
  });

  it('is refused for one wrong cosignature of a known witness, even if none is demanded', () => {
    const [first, second] = cosigned;
    const wrong = { ...first, signature: second?.signature ?? Buffer.alloc(72) } as NoteSignature;
    expect(whyNot(noteOf(byLog, wrong), { log: [log.key], witnesses: [witness.key] })).toMatch(/is not of this text$/);
    expect(whyNot(noteOf(byLog, wrong), { log: [log.key] })).toBe('it holds');
  });

  it('counts one witness once, whatever names its key is known by', () => {
    const alias = noteSigner('alias.example', 'cosignature/v1', privateKeyOf(4));
    const note = noteOf(byLog, cosignCheckpoint(text, witness, 1), cosignCheckpoint(text, alias, 2));
    const witnesses = [witness.key, alias.key, otherWitness.key];
    expect(whyNot(note, { log: [log.key], witnesses, quorum: 2 })).toMatch(/^checkpoint has 1 cosignatures/);
    expect(whyNot(note, { log: [log.key], witnesses, quorum: 1 })).toBe('it holds');
  });

  it('is refused where the text is none', () => {
    const note = encodeNote({ text: 'a text\n', signatures: [signNoteText('a text\n', log)] });
    expect(whyNot(note, { log: [log.key] })).toMatch(/^checkpoint line 2 must be a number/);
  });

  it('is refused, and nothing thrown, where it is malformed', () => {
    expect(whyNot('', { log: [log.key] })).toBe('note must have an empty line before its signatures');
  });

  it.each([
    [{ log: [] }, 'log must be keys of the type ed25519, at least one'],
    [{ log: [witness.key] }, 'log must be keys of the type ed25519, at least one'],
    [{ log: [log.key], witnesses: [log.key] }, 'witnesses must be keys of the type cosignature/v1'],
    [{ log: [log.key], quorum: 1 }, 'quorum must be a number of the witnesses'],
    [{ log: [log.key], witnesses: [witness.key, witness.key], quorum: 2 }, 'quorum must be a number of the witnesses'],
    [{ log: [log.key], witnesses: [witness.key], quorum: 0.5 }, 'quorum must be a number of the witnesses'],
    [{ log: [log.key], witnesses: [witness.key], quorum: -1 }, 'quorum must be a number of the witnesses'],
  ])('is not verified by a policy that nothing could meet', (policy, message) => {
    expect(() => verifyCheckpoint(noteOf(byLog), policy)).toThrow(new RangeError(message));
  });
});
