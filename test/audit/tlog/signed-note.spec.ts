import { describe, expect, it } from '@jest/globals';
import { MalformedTlogError } from '../../../src/audit/tlog/malformed-tlog-error.js';
import { MAX_NOTE_BYTES } from '../../../src/audit/tlog/note-text.js';
import { signNoteText } from '../../../src/audit/tlog/note-signatures.js';
import { MAX_SIGNATURES, encodeNote, parseNote, parseSignatureLines } from '../../../src/audit/tlog/signed-note.js';
import { keyIdHex } from '../../../src/audit/tlog/verifier-key.js';
import { log } from './given-signers.js';
import { GO_EXAMPLE, SPECIFIED_CHECKPOINT, SPECIFIED_NOTE, WITNESSED } from './published-notes.js';

const text = 'a text\n\nof two paragraphs\n';
const signature = signNoteText(text, log);
const good = encodeNote({ text, signatures: [signature] });
const line = good.slice(text.length + 1);

describe('a signed note', () => {
  it.each([SPECIFIED_NOTE, SPECIFIED_CHECKPOINT, GO_EXAMPLE.note, WITNESSED.note, good])(
    'is read from %j, and written the same',
    (note) => {
      const read = parseNote(note, 'note');
      expect(encodeNote(read)).toBe(note);
      expect(parseNote(Buffer.from(note), 'note')).toEqual(read);
    },
  );

  it('is divided at its last empty line', () => {
    const { text: read, signatures } = parseNote(SPECIFIED_NOTE, 'note');
    expect(read.split('\n')).toHaveLength(5);
    expect(signatures.map(({ keyName, keyId }) => `${keyName}+${keyIdHex(keyId)}`)).toEqual([
      'quasimodo.example/salvatore+367ba04b',
    ]);
  });

  it('may have a text that is an empty line', () => {
    expect(parseNote(`\n\n${line}`, 'note').text).toBe('\n');
  });

  it('has the ids and the signatures of all its lines', () => {
    const { signatures } = parseNote(SPECIFIED_CHECKPOINT, 'note');
    expect(signatures.map(({ keyId, signature: { length } }) => [keyIdHex(keyId), length])).toEqual([
      ['033de0ae', 64],
      ['8d66cf3f', 72],
    ]);
  });

  it.each([
    ['', 'note must have an empty line before its signatures'],
    ['text\n', 'note must have an empty line before its signatures'],
    ['text\n\n', 'note must have a signature'],
    [`text\n${line}`, 'note must have an empty line before its signatures'],
    [good.slice(0, -1), 'note must end in a newline'],
    [`${good}\n`, 'note must have a signature'],
    [`${good}x\n`, 'note line 6 must be a signature: — name base64'],
    [`${text}\n- ${line.slice(2)}`, 'note line 5 must be a signature'],
    [`${text}\n—  ${line.slice(2)}`, 'note line 5 must be a signature'],
    [`${text}\n${line}${line.slice(0, -1)} \n`, 'note line 6 must be a signature'],
    [`${text}\n— name\n`, 'note line 5 must be a signature'],
    [`${text}\n— a+b AAAAAAE=\n`, 'note line 5 must be a signature'],
    [`${text}\n— a\u00a0b AAAAAAE=\n`, 'note line 5 must be a signature'],
    [`${text}\n— name AAAAAA==\n`, 'note line 5 must have a signature after the id of its key'],
    [`${text}\n— name AAA=\n`, 'note line 5 must have a signature after the id of its key'],
    [`${text}\n— name AAAAAAE\n`, 'note line 5 must be base64'],
    [`${text}\n— name AAAAAAF=\n`, 'note line 5 must be base64'],
    [`${text}\n— name AAAA_AE=\n`, 'note line 5 must be base64'],
    [good.replace('a text', 'a\ttext'), 'note must be text without control characters but newlines'],
    [good.replaceAll('\n', '\r\n'), 'note must be text without control characters but newlines'],
    [good.replace('a text', 'a \u0000'), 'note must be text without control characters but newlines'],
    [good.replace('a text', 'a \ud800'), 'note must be text without control characters but newlines'],
    [`${text}\n${line.repeat(MAX_SIGNATURES + 1)}`, 'note must have at most 100 signatures'],
    [`${'x'.repeat(MAX_NOTE_BYTES)}${good}`, 'note must have at most 1048576 bytes'],
    [`${'é'.repeat(MAX_NOTE_BYTES / 2)}${good}`, 'note must have at most 1048576 bytes'],
  ])('is not %j', (note, message) => {
    expect(() => parseNote(note, 'note')).toThrow(MalformedTlogError);
    expect(() => parseNote(note, 'note')).toThrow(message);
  });

  it.each(['c3', 'c0ae', 'eda080', 'ff'])('is not what holds the bytes %s, which are no UTF-8', (hex) => {
    const note = Buffer.concat([Buffer.from('text'), Buffer.from(hex, 'hex'), Buffer.from(`\n\n${line}`)]);
    expect(() => parseNote(note, 'note')).toThrow(new MalformedTlogError('note', 'must be UTF-8'));
  });

  it('keeps a byte order mark, which is signed with the rest', () => {
    expect(parseNote(Buffer.from(`\uFEFF${good}`), 'note').text).toBe(`\uFEFF${text}`);
  });

  it(`has up to ${MAX_SIGNATURES} signatures`, () => {
    const note = `${text}\n${line.repeat(MAX_SIGNATURES)}`;
    expect(parseNote(note, 'note').signatures).toHaveLength(MAX_SIGNATURES);
  });

  it('never says in an error what a file holds', () => {
    expect(() => parseNote(`${text}\n— secret c2VjcmV0c2VjcmV0=\n`, 'note')).toThrow(/^note line 5 must be base64$/);
  });

  it.each([
    [
      { text: 'no newline', signatures: [signature] },
      'text must end in a newline and hold no other control characters',
    ],
    [{ text: 'a\tb\n', signatures: [signature] }, 'text must end in a newline and hold no other control characters'],
    [{ text: '', signatures: [signature] }, 'text must end in a newline and hold no other control characters'],
    [{ text, signatures: [] }, 'signatures must be 1 to 100'],
    [{ text, signatures: Array.from({ length: 101 }, () => signature) }, 'signatures must be 1 to 100'],
    [{ text, signatures: [{ ...signature, keyName: 'a b' }] }, 'keyName must be neither empty nor hold spaces'],
    [{ text, signatures: [{ ...signature, signature: Buffer.alloc(0) }] }, 'signature must have bytes'],
    [{ text: `${'x'.repeat(MAX_NOTE_BYTES)}\n`, signatures: [signature] }, 'a note must be at most 1048576 bytes'],
  ])('is not written where nobody would read it', (note, message) => {
    expect(() => encodeNote(note)).toThrow(RangeError);
    expect(() => encodeNote(note)).toThrow(message);
  });
});

describe('lines of signatures', () => {
  it('are read as a witness answers them', () => {
    expect(parseSignatureLines(line, 'answer')).toEqual([signature]);
    expect(parseSignatureLines('', 'answer')).toEqual([]);
  });

  it('are counted from the first', () => {
    expect(() => parseSignatureLines(`${line}\n`, 'answer')).toThrow('answer line 2 must be a signature');
    expect(() => parseSignatureLines('\n', 'answer')).toThrow('answer line 1 must be a signature');
    expect(() => parseSignatureLines(line.trimEnd(), 'answer')).toThrow('answer must end in a newline');
  });
});
