import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SecretBytes } from '../../src/crypto/secret-bytes.js';
import { KeyEncryptionError, type KeyEncryptionFailure } from '../../src/key-encryption/key-encryption-error.js';
import type { KeyEncryptionKey, WrappingContext } from '../../src/key-encryption/key-encryption-key.js';

export const CONTEXT: WrappingContext = { domain: 'vault', dataKeyId: '00112233445566aa' };

/** 32 bytes counting up from `first`. */
export function dataKey(first = 0x41, length = 32): SecretBytes {
  return new SecretBytes(Uint8Array.from({ length }, (_, index) => (first + index) % 256));
}

/** What the promise failed with, when it is a failure of key encryption. Throws what else it failed with. */
export async function failureOf(promise: Promise<unknown>): Promise<KeyEncryptionError> {
  const error = await promise.then(
    () => new Error('what should have failed went well'),
    (reason: unknown) => reason,
  );
  if (error instanceof KeyEncryptionError) return error;
  throw error;
}

export const reasonOf = async (promise: Promise<unknown>): Promise<KeyEncryptionFailure> =>
  (await failureOf(promise)).reason;

/** `wrapped` with one bit of the byte at `index` turned. */
export function altered(wrapped: Uint8Array, index: number, bit = 0): Uint8Array {
  return wrapped.map((byte, at) => (at === index ? byte ^ (1 << bit) : byte));
}

export interface Provider {
  readonly provider: KeyEncryptionKey['provider'];
  /** The same key at each call, opened anew. */
  readonly open: () => Promise<KeyEncryptionKey>;
  /** Other keys than that one. */
  readonly openOthers: () => Promise<readonly KeyEncryptionKey[]>;
  /** How many of the bytes of a wrapping are altered, one after the other; every one unless told. */
  readonly sample?: number;
}

/** What holds for every key-encryption key, whoever keeps it. */
export function itHoldsTheContract({ provider, open, openOthers, sample }: Provider): void {
  describe(`a key-encryption key of ${provider}`, () => {
    let key: KeyEncryptionKey;
    let others: readonly KeyEncryptionKey[] = [];
    let wrapped: Uint8Array;
    beforeAll(async () => {
      key = await open();
      others = await openOthers();
      wrapped = await key.wrap(dataKey(), CONTEXT);
    });
    afterAll(async () => {
      await Promise.all([key, ...others].map((each) => each.close()));
    });

    it('says who keeps it', () => {
      expect([key, ...others].map((each) => each.provider)).toEqual([key, ...others].map(() => provider));
      expect(others).not.toEqual([]);
    });

    it('unwraps what it wrapped, into memory of its own', async () => {
      const opened = (await key.unwrap(wrapped, CONTEXT)).expose();
      expect(Uint8Array.from(opened)).toEqual(dataKey().expose());
      expect(opened.buffer.byteLength).toBe(32);
    });

    it('unwraps it too when opened anew, and has the same fingerprint', async () => {
      const again = await open();
      expect(Uint8Array.from((await again.unwrap(wrapped, CONTEXT)).expose())).toEqual(dataKey().expose());
      expect(again.fingerprint).toBe(key.fingerprint);
      await again.close();
    });

    it('has a fingerprint of printable characters, unlike those of other keys', () => {
      expect(key.fingerprint).toMatch(/^[\x21-\x7e]{1,64}$/);
      expect(others.map(({ fingerprint }) => fingerprint)).not.toContain(key.fingerprint);
    });

    it('never wraps to the same bytes twice', async () => {
      const all = await Promise.all(Array.from({ length: 20 }, () => key.wrap(dataKey(), CONTEXT)));
      expect(new Set(all.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(20);
    });

    it('answers many calls at a time, each with its own', async () => {
      const keys = Array.from({ length: 40 }, (_, index) => index);
      const wrappings = await Promise.all(keys.map((first) => key.wrap(dataKey(first), CONTEXT)));
      const opened = await Promise.all(wrappings.map((bytes) => key.unwrap(bytes, CONTEXT)));
      expect(opened.map((bytes) => bytes.expose()[0])).toEqual(keys);
    });

    it('leaves the data key and the wrapping as they were', async () => {
      const mine = dataKey();
      const before = wrapped.slice();
      await key.wrap(mine, CONTEXT);
      (await key.unwrap(wrapped, CONTEXT)).wipe();
      expect(mine.expose()).toEqual(dataKey().expose());
      expect(wrapped).toEqual(before);
    });

    it('shows nothing of the data key in the wrapping', () => {
      const text = Buffer.from(wrapped).toString('latin1');
      const shown = [...Array(29).keys()].map((at) =>
        Buffer.from(
          dataKey()
            .expose()
            .subarray(at, at + 4),
        ),
      );
      expect(shown.filter((part) => text.includes(part.toString('latin1')))).toEqual([]);
      expect(text).not.toContain(Buffer.from(dataKey().expose()).toString('base64').slice(0, 40));
    });

    it.each<[string, Partial<WrappingContext>]>([
      ['domain', { domain: 'auth' }],
      ['data key', { dataKeyId: '00112233445566ab' }],
    ])('refuses what it wrapped for another %s', async (_what, change) => {
      expect(await reasonOf(key.unwrap(wrapped, { ...CONTEXT, ...change }))).toBe('refused');
    });

    it('refuses what another key wrapped', async () => {
      for (const other of others) {
        expect(await reasonOf(key.unwrap(await other.wrap(dataKey(), CONTEXT), CONTEXT))).toBe('refused');
        expect(await reasonOf(other.unwrap(wrapped, CONTEXT))).toBe('refused');
      }
    });

    it('refuses a wrapping of which any byte is another', async () => {
      const step = Math.max(1, Math.floor(wrapped.length / (sample ?? wrapped.length)));
      for (let index = 0; index < wrapped.length; index += step) {
        for (const bit of [0, 5, 7]) {
          expect({ index, reason: await reasonOf(key.unwrap(altered(wrapped, index, bit), CONTEXT)) }).toEqual({
            index,
            reason: 'refused',
          });
        }
      }
    });

    it('refuses a wrapping that is cut at either end, or longer', async () => {
      const { length } = wrapped;
      const cuts = [0, 1, 2, 12, 13, 28, 29, length - 17, length - 16, length - 2, length - 1];
      const wrong = cuts.flatMap((size) => [wrapped.subarray(0, size), wrapped.subarray(length - size)]);
      wrong.push(Uint8Array.of(...wrapped, 0), Uint8Array.of(0, ...wrapped), Uint8Array.of(...wrapped, ...wrapped));
      for (const bytes of wrong) expect(await reasonOf(key.unwrap(bytes, CONTEXT))).toBe('refused');
    });

    it('refuses in the same words whatever is wrong, without a cause to look into', async () => {
      const refusals = await Promise.all([
        failureOf(key.unwrap(new Uint8Array(0), CONTEXT)),
        failureOf(key.unwrap(altered(wrapped, 0), CONTEXT)),
        failureOf(key.unwrap(altered(wrapped, wrapped.length - 1), CONTEXT)),
        failureOf(key.unwrap(wrapped, { ...CONTEXT, domain: 'auth' })),
      ]);
      expect(new Set(refusals.map(({ message }) => message)).size).toBe(1);
      expect(refusals.filter((refusal) => refusal.cause !== undefined)).toEqual([]);
    });

    it.each([0, 16, 31, 33])('refuses to wrap %i bytes', async (length) => {
      await expect(key.wrap(dataKey(1, length), CONTEXT)).rejects.toThrow(RangeError);
    });

    it.each<Partial<WrappingContext>>([{ domain: '' }, { domain: 'a\nb' }, { dataKeyId: '00' }, { dataKeyId: 'x' }])(
      'refuses a context that cannot be encoded: %p',
      async (change) => {
        await expect(key.wrap(dataKey(), { ...CONTEXT, ...change })).rejects.toThrow(RangeError);
        await expect(key.unwrap(wrapped, { ...CONTEXT, ...change })).rejects.toThrow(RangeError);
      },
    );

    it('shows nothing of itself to whoever inspects it', () => {
      const shown = inspect(key, { depth: 9, showHidden: true, getters: true });
      expect(shown).not.toMatch(/\b[0-9a-f]{32}/i);
      expect(Object.keys(key)).toEqual(expect.not.arrayContaining(['root', 'key', 'token', 'pin']));
    });

    it('is unavailable once it is closed, which may be done twice', async () => {
      const closing = await open();
      await closing.close();
      await closing.close();
      expect(await reasonOf(closing.wrap(dataKey(), CONTEXT))).toBe('unavailable');
      expect(await reasonOf(closing.unwrap(wrapped, CONTEXT))).toBe('unavailable');
    });
  });
}
