import { describe, expect, it } from '@jest/globals';
import { encodeCheckpoint, parseCheckpoint } from '../../../src/audit/tlog/checkpoint.js';
import { MalformedTlogError } from '../../../src/audit/tlog/malformed-tlog-error.js';
import { parseNote } from '../../../src/audit/tlog/signed-note.js';
import { SPECIFIED_CHECKPOINT, WITNESSED } from './published-notes.js';

const root = Buffer.alloc(32, 7);
const root64 = root.toString('base64');

describe('a checkpoint', () => {
  it.each([
    [SPECIFIED_CHECKPOINT, 'example.com/behind-the-sofa', 20_852_163, '0ac5186a'],
    [WITNESSED.note, 'arche2025h1.staging.ct.transparency.dev', 1_432_088_532, '53b58cef'],
  ])('is read from what others published', (note, origin, size, begin) => {
    const { text } = parseNote(note, 'note');
    const checkpoint = parseCheckpoint(text, 'checkpoint');
    expect(checkpoint).toMatchObject({ origin, size, extensionLines: [] });
    expect(checkpoint.root.toString('hex').startsWith(begin)).toBe(true);
    expect(encodeCheckpoint(checkpoint)).toBe(text);
  });

  it.each([0, 1, 10, Number.MAX_SAFE_INTEGER])('is of a tree of %i entries', (size) => {
    const text = encodeCheckpoint({ origin: 'kms.example/log', size, root });
    expect(text).toBe(`kms.example/log\n${size}\n${root64}\n`);
    expect(parseCheckpoint(text, 'checkpoint')).toEqual({ origin: 'kms.example/log', size, root, extensionLines: [] });
  });

  it('may have an origin that is no address', () => {
    expect(parseCheckpoint(`go.sum database tree\n1\n${root64}\n`, 'checkpoint').origin).toBe('go.sum database tree');
  });

  it('is read with extension lines, which we do not write', () => {
    const read = parseCheckpoint(`kms.example/log\n1\n${root64}\nmore\nyet more\n`, 'checkpoint');
    expect(read.extensionLines).toEqual(['more', 'yet more']);
    expect(encodeCheckpoint(read)).toBe(`kms.example/log\n1\n${root64}\n`);
  });

  const number = 'checkpoint line 2 must be a number up to 9007199254740991 without leading zeroes';

  it.each([
    ['', 'checkpoint must end in a newline'],
    ['a', 'checkpoint must end in a newline'],
    ['\n', 'checkpoint line 1 must be an origin'],
    [`\n1\n${root64}\n`, 'checkpoint line 1 must be an origin'],
    ['a\n', number],
    [`a\n\n${root64}\n`, number],
    [`a\n01\n${root64}\n`, number],
    [`a\n00\n${root64}\n`, number],
    [`a\n+1\n${root64}\n`, number],
    [`a\n-1\n${root64}\n`, number],
    [`a\n1.0\n${root64}\n`, number],
    [`a\n1e3\n${root64}\n`, number],
    [`a\n0x1\n${root64}\n`, number],
    [`a\n 1\n${root64}\n`, number],
    [`a\n1 \n${root64}\n`, number],
    [`a\n١\n${root64}\n`, number],
    [`a\n9007199254740992\n${root64}\n`, number],
    [`a\n18446744073709551615\n${root64}\n`, number],
    ['a\n1\n', 'checkpoint line 3 must be base64'],
    [`a\n1\n${root64}`, 'checkpoint must end in a newline'],
    [`a\n1\n${root64.slice(0, -1)}\n`, 'checkpoint line 3 must be base64'],
    [`a\n1\n ${root64}\n`, 'checkpoint line 3 must be base64'],
    [`a\n1\n${Buffer.alloc(31).toString('base64')}\n`, 'checkpoint line 3 must be 32 bytes in base64'],
    [`a\n1\n${Buffer.alloc(33).toString('base64')}\n`, 'checkpoint line 3 must be 32 bytes in base64'],
    [`a\n1\n${root64}\n\n`, 'checkpoint line 4 must not be empty'],
    [`a\n1\n${root64}\nx\n\n`, 'checkpoint line 5 must not be empty'],
    [`a\r\n1\r\n${root64}\r\n`, 'checkpoint must be text without control characters but newlines'],
  ])('is not %j', (text, message) => {
    expect(() => parseCheckpoint(text, 'checkpoint')).toThrow(MalformedTlogError);
    expect(() => parseCheckpoint(text, 'checkpoint')).toThrow(message);
  });

  it.each([
    [{ origin: '', size: 0, root }, 'origin must be one line, not empty, without control characters'],
    [{ origin: 'a\nb', size: 0, root }, 'origin must be one line, not empty, without control characters'],
    [{ origin: 'a\tb', size: 0, root }, 'origin must be one line, not empty, without control characters'],
    [{ origin: 'a', size: -1, root }, 'size must be an integer from 0 to 9007199254740991'],
    [{ origin: 'a', size: 0, root: root.subarray(1) }, 'root must be a hash of 32 bytes'],
  ])('is not written of %j', (checkpoint, message) => {
    expect(() => encodeCheckpoint(checkpoint)).toThrow(new RangeError(message));
  });
});
