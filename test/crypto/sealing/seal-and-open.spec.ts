import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { walletKey } from '../../../src/crypto/sealing/data-key.js';
import { SealedValueError } from '../../../src/crypto/sealing/sealed-value-error.js';
import { deriveSealingKeys } from '../../../src/crypto/sealing/sealing-keys.js';
import { createSealer } from '../../../src/crypto/sealing/create-sealer.js';
import { SecretBytes } from '../../../src/crypto/secret-bytes.js';
import { PLACE, ringOf, rootKey, sealerOf, secret } from './sealing-fixtures.js';

const NONCE_START = 13;
const NONCE_END = 25;

describe('a sealer', () => {
  it('opens what it sealed, whatever the bytes and the place, and a second sealer of the same key does too', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 });
    const whose = fc.string({ unit: 'grapheme' });
    const place = fc.record({
      table: text,
      row: text,
      column: text,
      wallet: text,
      owner: whose,
      recipient: whose,
      version: fc.maxSafeNat(),
    });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), place, (bytes, where) => {
        const envelope = sealerOf().seal(new SecretBytes(bytes.slice()), where);
        expect(sealerOf().open(envelope, where).expose()).toEqual(bytes);
      }),
    );
  });

  it('leaves the plaintext, the root key and the envelope as they were', () => {
    const root = rootKey();
    const plaintext = secret();
    const sealer = sealerOf('vault', root);
    const envelope = sealer.seal(plaintext, PLACE);
    const before = envelope.slice();
    sealer.open(envelope, PLACE).wipe();
    expect(envelope).toEqual(before);
    expect(plaintext.expose()).toEqual(secret().expose());
    expect(root.expose()).toEqual(rootKey().expose());
  });

  it('opens what an earlier key of its ring sealed, and seals with the current one', () => {
    const [{ current: earlier }, { current }] = [ringOf('vault', rootKey(2)), ringOf()];
    const both = createSealer({ current, earlier: [earlier] });
    const envelope = createSealer({ current: earlier, earlier: [] }).seal(secret(), PLACE);
    expect(both.open(envelope, PLACE).expose()).toEqual(secret().expose());
    expect(sealerOf().open(both.seal(secret(), PLACE), PLACE).expose()).toEqual(secret().expose());
    expect(() => sealerOf().open(envelope, PLACE)).toThrow(SealedValueError);
  });

  it('seals under another key for each wallet', () => {
    const { current } = ringOf();
    const keys = ['a', 'b', 'a '].map((wallet) => walletKey(current, wallet).export().toString('hex'));
    expect(new Set([...keys, current.key.export().toString('hex')]).size).toBe(4);
  });

  it('opens into memory of its own, not into a shared pool', () => {
    const opened = sealerOf().open(sealerOf().seal(secret(), PLACE), PLACE).expose();
    expect(opened.buffer.byteLength).toBe(opened.byteLength);
  });

  it('never uses a nonce twice in 20,000 seals of the same secret', () => {
    const sealer = sealerOf();
    const nonces = new Set<string>();
    for (let count = 0; count < 20_000; count++) {
      const envelope = sealer.seal(secret(), PLACE);
      nonces.add(Buffer.from(envelope.subarray(NONCE_START, NONCE_END)).toString('hex'));
    }
    expect(nonces.size).toBe(20_000);
  });

  it('refuses a source of random bytes that gives too few', () => {
    const sealer = createSealer(ringOf(), () => new Uint8Array(8));
    expect(() => sealer.seal(secret(), PLACE)).toThrow(RangeError);
  });

  it.each([0, 16, 31, 33, 64])('refuses a root key of %i bytes', (length) => {
    const root = new SecretBytes(new Uint8Array(length).fill(7));
    expect(() => deriveSealingKeys(root)).toThrow(RangeError);
  });

  it('names its key: the same for the same key, another for another key or domain', () => {
    expect(sealerOf('vault').keyId).toMatch(/^[0-9a-f]{16}$/);
    expect(sealerOf('vault').keyId).toBe(sealerOf('vault').keyId);
    const keyIds = [sealerOf('vault'), sealerOf('auth'), sealerOf('vault', rootKey(2))].map((sealer) => sealer.keyId);
    expect(new Set(keyIds).size).toBe(3);
  });

  it('shows nothing of the plaintext in the envelope, in any usual encoding', () => {
    const plaintext = Buffer.from('fe4a1c7720b35d9981', 'hex');
    const envelope = Buffer.from(sealerOf().seal(new SecretBytes(Uint8Array.from(plaintext)), PLACE));
    const reversed = Buffer.from(plaintext).reverse();
    for (const bytes of [plaintext, reversed]) {
      expect(envelope.includes(bytes)).toBe(false);
      for (const encoding of ['hex', 'base64', 'base64url'] as const) {
        expect(envelope.includes(bytes.toString(encoding))).toBe(false);
        expect(envelope.toString(encoding)).not.toContain(bytes.toString(encoding));
      }
    }
  });
});
