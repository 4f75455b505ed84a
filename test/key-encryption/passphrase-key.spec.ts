import { scryptSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SecretBytes } from '../../src/crypto/secret-bytes.js';
import { openLocalKey } from '../../src/key-encryption/open-local-key.js';
import type { PassphraseParameters } from '../../src/key-encryption/key-encryption-key.js';
import { newPassphraseParameters, openPassphraseKey } from '../../src/key-encryption/open-passphrase-key.js';
import { CONTEXT, dataKey, itHoldsTheContract } from './contract.js';

const PARAMETERS: PassphraseParameters = { salt: Uint8Array.from({ length: 16 }, (_, index) => index), cost: 2 ** 17 };
const TEXT = 'correct horse battery';
const passphrase = (text = TEXT): SecretBytes => new SecretBytes(Uint8Array.from(Buffer.from(text)));

itHoldsTheContract({
  provider: 'passphrase',
  open: () => openPassphraseKey(passphrase(), PARAMETERS),
  openOthers: () =>
    Promise.all([
      openPassphraseKey(passphrase('Correct horse battery'), PARAMETERS),
      openPassphraseKey(passphrase(), { ...PARAMETERS, salt: new Uint8Array(16) }),
      openPassphraseKey(passphrase(), { ...PARAMETERS, cost: 2 ** 18 }),
    ]),
});

describe('a key of a passphrase', () => {
  it('is the local key of what scrypt alone makes of it', async () => {
    const stretched = scryptSync(TEXT, PARAMETERS.salt, 32, { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 });
    const local = await openLocalKey('file', new SecretBytes(stretched));
    const key = await openPassphraseKey(passphrase(), PARAMETERS);
    expect(key.fingerprint).toBe(local.fingerprint);
    const opened = await local.unwrap(await key.wrap(dataKey(), CONTEXT), CONTEXT);
    expect(opened.expose()).toEqual(dataKey().expose());
  });

  it('takes twelve characters, however many bytes they are', async () => {
    await expect(openPassphraseKey(passphrase('zwölf Zeichen'.slice(0, 12)), PARAMETERS)).resolves.toBeDefined();
    await expect(openPassphraseKey(passphrase('öööööööööööö'), PARAMETERS)).resolves.toBeDefined();
  });

  it.each(['', 'elf letters', 'ööööööööööö', '🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑'])('refuses fewer: %p', async (text) => {
    const mine = passphrase(text);
    await expect(openPassphraseKey(mine, PARAMETERS)).rejects.toThrow('at least 12 characters');
    expect(() => mine.expose()).toThrow('wiped');
  });

  it('refuses what is no UTF-8', async () => {
    const mine = new SecretBytes(new Uint8Array(20).fill(0xff));
    await expect(openPassphraseKey(mine, PARAMETERS)).rejects.toThrow('UTF-8');
  });

  it('wipes the passphrase once it has been used', async () => {
    const mine = passphrase();
    await openPassphraseKey(mine, PARAMETERS);
    expect(() => mine.expose()).toThrow('wiped');
  });

  it.each<Partial<PassphraseParameters>>([
    { cost: 2 ** 16 },
    { cost: 2 ** 21 },
    { cost: 2 ** 17 + 1 },
    { cost: Number.NaN },
    { salt: new Uint8Array(15) },
    { salt: new Uint8Array(65) },
  ])('refuses parameters that are out of bounds: %p', async (change) => {
    const mine = passphrase();
    await expect(openPassphraseKey(mine, { ...PARAMETERS, ...change })).rejects.toThrow(RangeError);
    expect(() => mine.expose()).toThrow('wiped');
  });

  it('gets new parameters with a salt of their own each time', () => {
    const [one, other] = [newPassphraseParameters(), newPassphraseParameters()];
    expect(one.salt).toHaveLength(16);
    expect(Buffer.compare(one.salt, other.salt)).not.toBe(0);
    expect(one.cost).toBe(2 ** 17);
  });
});
