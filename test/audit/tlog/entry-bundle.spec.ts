import { describe, expect, it } from '@jest/globals';
import { MAX_ENTRY_BYTES, decodeEntryBundle, encodeEntryBundle } from '../../../src/audit/tlog/entry-bundle.js';
import { MalformedTlogError } from '../../../src/audit/tlog/malformed-tlog-error.js';

describe('a bundle of entries', () => {
  it('has before each entry its length as two bytes, the larger first', () => {
    const bundle = encodeEntryBundle([Buffer.from('ab'), Buffer.alloc(0), Buffer.alloc(0x0102, 7)]);
    expect(bundle.subarray(0, 8).toString('hex')).toBe('0002616200000102');
    expect(bundle).toHaveLength(2 + 2 + 2 + 2 + 0x0102);
  });

  it.each([1, 2, 255, 256])('gives back its %i entries', (count) => {
    const entries = Array.from({ length: count }, (_, at) => Buffer.from(`entry ${'x'.repeat(at)}`));
    expect(decodeEntryBundle(encodeEntryBundle(entries), 'bundle')).toEqual(entries);
  });

  it('holds entries of up to 65,535 bytes', () => {
    const largest = Buffer.alloc(MAX_ENTRY_BYTES, 1);
    expect(decodeEntryBundle(encodeEntryBundle([largest]), 'bundle')).toEqual([largest]);
    expect(() => encodeEntryBundle([Buffer.alloc(MAX_ENTRY_BYTES + 1)])).toThrow(
      new RangeError('an entry must have at most 65535 bytes'),
    );
  });

  it('is read where it lies in other bytes', () => {
    const file = Buffer.concat([Buffer.from('before'), encodeEntryBundle([Buffer.from('ab')]), Buffer.from('after')]);
    const view = new Uint8Array(file.buffer, file.byteOffset + 6, 4);
    expect(decodeEntryBundle(view, 'bundle')).toEqual([Buffer.from('ab')]);
  });

  it.each([
    ['00', 'bundle entry 0 must not be cut off'],
    ['0003aabb', 'bundle entry 0 must not be cut off'],
    ['0001aa00', 'bundle entry 1 must not be cut off'],
    ['0001aaffffbb', 'bundle entry 1 must not be cut off'],
    ['', 'bundle must hold an entry'],
    ['0000'.repeat(257), 'bundle must not hold over 256 entries'],
  ])('is not %p', (hex, message) => {
    expect(() => decodeEntryBundle(Buffer.from(hex, 'hex'), 'bundle')).toThrow(MalformedTlogError);
    expect(() => decodeEntryBundle(Buffer.from(hex, 'hex'), 'bundle')).toThrow(message);
  });

  it.each([0, 257])('is not made of %i entries', (count) => {
    expect(() => encodeEntryBundle(Array.from({ length: count }, () => Buffer.alloc(1)))).toThrow(
      new RangeError('entries must be 1 to 256'),
    );
  });
});
