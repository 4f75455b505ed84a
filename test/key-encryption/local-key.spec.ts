import { createCipheriv, hkdfSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SecretBytes } from '../../src/crypto/secret-bytes.js';
import { openLocalKey } from '../../src/key-encryption/open-local-key.js';
import { CONTEXT, dataKey, itHoldsTheContract } from './contract.js';

const root = (first = 1): SecretBytes => dataKey(first);

for (const provider of ['file', 'env'] as const) {
  itHoldsTheContract({
    provider,
    open: () => openLocalKey(provider, root()),
    openOthers: async () => [await openLocalKey(provider, root(2))],
  });
}

const NONCE = Buffer.from('000102030405060708090a0b', 'hex');

describe('the format of a wrapping by a local key', () => {
  it('is what the primitives alone give, byte for byte', async () => {
    const key = await openLocalKey('file', root(), () => NONCE);
    const info = 'split-key-kms/key-encryption/1';
    const derived = Buffer.from(hkdfSync('sha256', root().expose(), '', `${info}/key`, 32));
    const associatedData = `\x01${info}\nvault\n00112233445566aa`;
    const cipher = createCipheriv('aes-256-gcm', derived, NONCE).setAAD(Buffer.from(associatedData));
    const ciphertext = Buffer.concat([cipher.update(dataKey().expose()), cipher.final()]);
    const expected = Buffer.concat([Uint8Array.of(1), NONCE, ciphertext, cipher.getAuthTag()]).toString('hex');
    expect(Buffer.from(await key.wrap(dataKey(), CONTEXT)).toString('hex')).toBe(expected);
    const fingerprint = Buffer.from(hkdfSync('sha256', derived, '', `${info}/fingerprint`, 8)).toString('hex');
    expect(key.fingerprint).toBe(fingerprint);
  });

  it('is fixed for good: databases in the field will hold it', async () => {
    const key = await openLocalKey('env', root(), () => NONCE);
    expect(Buffer.from(await key.wrap(dataKey(), CONTEXT)).toString('hex')).toBe(
      '01000102030405060708090a0b1b641b7d2bc655e5beb9a96b43c7d6bc07c89f6143f5107e96bdba2efd15220e9219ba2fcc44c69cdc197ef4800ba6fc',
    );
    expect(key.fingerprint).toBe('9a8126fc27ba4dde');
  });
});

describe('a local key', () => {
  it('wipes what it was made from', async () => {
    const mine = root();
    await openLocalKey('file', mine);
    expect(() => mine.expose()).toThrow('wiped');
  });

  it.each([0, 16, 31, 33, 64])('refuses a root of %i bytes, and wipes it all the same', async (length) => {
    const mine = dataKey(1, length);
    await expect(openLocalKey('file', mine)).rejects.toThrow(RangeError);
    expect(() => mine.expose()).toThrow('wiped');
  });

  it('refuses a source of random bytes that gives too few', async () => {
    const key = await openLocalKey('file', root(), () => new Uint8Array(8));
    await expect(key.wrap(dataKey(), CONTEXT)).rejects.toThrow(RangeError);
  });
});
