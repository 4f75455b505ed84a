import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  packJobs,
  packResults,
  unpackJobs,
  unpackResults,
} from '../../../../src/auth/curve-workers/protocol/batch-codec.js';
import type { CurveJob, CurveResult } from '../../../../src/auth/curve-workers/protocol/curve-job.js';

const bytes = fc.uint8Array({ maxLength: 80 });
/** Lone surrogates too: UTF-8 would change them. */
const text = fc.string({ unit: 'binary' }).chain((whole) => fc.constantFrom(whole, `${whole}\ud800`));
const checked = { shareId: text, userPartial: bytes, userKey: bytes, message: bytes };
const job = fc.oneof(
  fc.record({ kind: fc.constant('co-sign' as const), ...checked, wallet: text, sealedShare: bytes, clientKey: bytes }),
  fc.record({ kind: fc.constant('check-partial' as const), ...checked }),
);
const result = fc.oneof(
  fc.record({ outcome: fc.constant('signed' as const), signature: bytes }),
  fc.record({ outcome: fc.constantFrom('users-own' as const, 'wrong-partial' as const) }),
  fc.record({ outcome: fc.constantFrom('malformed-partial' as const, 'failed' as const), reason: text }),
);

/** By name: Node's own come from outside of Jest's world. */
const rangeError = expect.objectContaining({ name: 'RangeError' });

interface Codec {
  readonly pack: (batch: never) => Uint8Array<ArrayBuffer>;
  readonly unpack: (packed: Uint8Array) => unknown[];
  readonly batch: fc.Arbitrary<unknown[]>;
}
const CODECS: [string, Codec][] = [
  ['jobs', { pack: packJobs, unpack: unpackJobs, batch: fc.array(job, { maxLength: 8 }) }],
  ['results', { pack: packResults, unpack: unpackResults, batch: fc.array(result, { maxLength: 8 }) }],
];

/** The same bytes somewhere in the middle of a larger buffer. */
function elsewhere(packed: Uint8Array): Uint8Array {
  return Uint8Array.of(7, 7, 7, ...packed, 7, 7).subarray(3, 3 + packed.length);
}

describe.each(CODECS)('packed %s', (_, { pack, unpack, batch }) => {
  it('are unpacked to what they were, in their order, wherever the array lies', () => {
    fc.assert(
      fc.property(batch, (items) => {
        const packed = pack(items as never);
        expect(packed.buffer.byteLength).toBe(packed.length);
        expect(unpack(packed)).toEqual(items);
        expect(unpack(elsewhere(packed))).toEqual(items);
      }),
    );
  });

  it('are refused when anything is cut off or added, and so is a longer count', () => {
    fc.assert(
      fc.property(batch, fc.nat(), (items, cut) => {
        const packed = pack(items as never);
        expect(() => unpack(packed.subarray(0, cut % packed.length))).toThrow(rangeError);
        expect(() => unpack(Uint8Array.of(...packed, 0))).toThrow(rangeError);
        const counted = packed.slice();
        counted[3] = 0xff;
        expect(() => unpack(counted)).toThrow(rangeError);
      }),
    );
  });
});

const UNIT: CurveJob = {
  kind: 'check-partial',
  shareId: 'a',
  userKey: Uint8Array.of(3),
  message: Uint8Array.of(4),
  userPartial: Uint8Array.of(1, 2),
};
const FAILED: CurveResult = { outcome: 'failed', reason: 'a' };
const [COUNT_BYTES, TEXT_LENGTH] = [4, 5];

function changed(packed: Uint8Array, place: number, value: number): Uint8Array {
  return Uint8Array.from(packed, (byte, index) => (index === place ? value : byte));
}

describe('a packed record', () => {
  it.each([0, 3, 255])('of a job is refused with the tag %d', (tag) => {
    expect(() => unpackJobs(changed(packJobs([UNIT]), COUNT_BYTES, tag))).toThrow(rangeError);
  });

  it.each([0, 6, 255])('of a result is refused with the tag %d', (tag) => {
    expect(() => unpackResults(changed(packResults([FAILED]), COUNT_BYTES, tag))).toThrow(rangeError);
  });

  it.each([1, 3, 255])('is refused when its text says that it has %d bytes', (length) => {
    expect(() => unpackResults(changed(packResults([FAILED]), TEXT_LENGTH, length))).toThrow(rangeError);
    expect(() => unpackJobs(changed(packJobs([UNIT]), TEXT_LENGTH, length))).toThrow(rangeError);
  });

  it('takes a slice of a pool without the rest of it, and leaves it where it is', () => {
    const userPartial = Buffer.from('pooled');
    const packed = packJobs([{ ...UNIT, userPartial }]);
    expect(Buffer.from(packed).includes('pooled')).toBe(true);
    expect(packed.length).toBeLessThan(64);
    structuredClone(packed, { transfer: [packed.buffer] });
    expect(userPartial.toString()).toBe('pooled');
  });
});
