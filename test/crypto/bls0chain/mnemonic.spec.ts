import { validateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { describe, expect, it } from '@jest/globals';

import { encodeSecretKey } from '../../../src/crypto/bls0chain/codec.js';
import { MalformedEncodingError } from '../../../src/crypto/bls0chain/malformed-encoding-error.js';
import { generateMnemonic, secretKeyFromMnemonic } from '../../../src/crypto/bls0chain/mnemonic.js';
import { GROUP_ORDER, littleEndianInteger } from '../../../src/crypto/bls0chain/scalar.js';
import { SecretBytes } from '../../../src/crypto/secret-bytes.js';

const utf8 = (text: string): SecretBytes => new SecretBytes(new TextEncoder().encode(text));
const textOf = (mnemonic: SecretBytes): string => new TextDecoder().decode(mnemonic.expose());

// BIP39's own test vector for 32 zero bytes of entropy.
const ZERO_ENTROPY = `${'abandon '.repeat(23)}art`;

describe('a mnemonic', () => {
  it('is 24 valid words from 32 random bytes, which are wiped', () => {
    const drawn: Uint8Array[] = [];
    const zeros = (length: number): Uint8Array => {
      const bytes = new Uint8Array(length).fill(drawn.length === 0 ? 0 : 0x7f);
      drawn.push(bytes);
      return bytes;
    };
    expect(textOf(generateMnemonic(zeros))).toBe(ZERO_ENTROPY);
    expect(textOf(generateMnemonic(zeros))).not.toBe(ZERO_ENTROPY);
    expect(drawn.map((bytes) => bytes.length)).toEqual([32, 32]);
    expect(drawn.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
  });

  it('is another one every time, and valid', () => {
    const mnemonics = Array.from({ length: 20 }, () => textOf(generateMnemonic()));
    expect(new Set(mnemonics).size).toBe(20);
    for (const words of mnemonics) {
      expect(words.split(' ')).toHaveLength(24);
      expect(validateMnemonic(words, wordlist)).toBe(true);
    }
  });

  it('gives a usable key, the same every time, whichever way the seed is reduced', () => {
    let cutTo254 = 0;
    let cutTo253 = 0;
    // One seed in twelve is cut to 254 bits.
    for (let round = 0; round < 40 || (cutTo254 === 0 && round < 600); round++) {
      const mnemonic = generateMnemonic();
      const key = secretKeyFromMnemonic(mnemonic);
      const integer = littleEndianInteger(key.expose());
      expect(integer > 0n && integer < GROUP_ORDER).toBe(true);
      expect(encodeSecretKey(secretKeyFromMnemonic(mnemonic))).toBe(encodeSecretKey(key));
      if (integer >> 253n === 1n) cutTo254++;
      else cutTo253++;
    }
    expect(cutTo254).toBeGreaterThan(0);
    expect(cutTo253).toBeGreaterThan(0);
  });

  it.each([
    ['nothing', ''],
    ['a wrong checksum', 'abandon '.repeat(24).trim()],
    ['a foreign word', ZERO_ENTROPY.replace('art', 'kunst')],
    ['too few words', 'abandon abandon about'],
    ['two spaces', ZERO_ENTROPY.replace(' ', '  ')],
    ['a space at the end', `${ZERO_ENTROPY} `],
    ['upper case', ZERO_ENTROPY.toUpperCase()],
  ])('is refused with %s, and not quoted', (_, words) => {
    const derive = (): unknown => secretKeyFromMnemonic(utf8(words));
    expect(derive).toThrow(MalformedEncodingError);
    expect(derive).toThrow(/^mnemonic: must be 12 to 24 English BIP39 words with a valid checksum$/);
  });
});
