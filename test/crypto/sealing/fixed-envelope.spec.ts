import { createCipheriv, createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { deriveDomainKey } from '../../../src/crypto/sealing/domain-key.js';
import { createSealer } from '../../../src/crypto/sealing/create-sealer.js';
import { SealedValueError } from '../../../src/crypto/sealing/sealed-value-error.js';
import { PLACE, ringOf, rootKey, secret } from './sealing-fixtures.js';

/** HKDF-SHA256 with the empty salt, written from RFC 5869 section 2 for outputs of one block (32 bytes). */
function hkdfOfOneBlock(inputKey: Uint8Array, info: Uint8Array, salt: Uint8Array = new Uint8Array(32)): Buffer {
  const pseudoRandomKey = createHmac('sha256', salt).update(inputKey).digest();
  return createHmac('sha256', pseudoRandomKey).update(info).update(Uint8Array.of(1)).digest();
}

const NONCE = Buffer.from('000102030405060708090a0b', 'hex');

/** Table, row, column and version of PLACE, spelled out: each text after its length. */
const ROW_PLACE = Buffer.from('\0\0\0\x07wallets\0\0\0\x017\0\0\0\x11sealed_master_key\0\0\0\0\0\0\0\x01', 'latin1');

const WALLET = Buffer.from('\0\0\0\x01w', 'latin1');

function sealByPrimitives(key: Buffer, header: Buffer, place: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, NONCE).setAAD(Buffer.concat([header, place]));
  const ciphertext = Buffer.concat([cipher.update(secret().expose()), cipher.final()]);
  return Buffer.concat([header, NONCE, ciphertext, cipher.getAuthTag()]);
}

/** What earlier releases derived for a domain, and its id. */
function derived(domain: 'vault' | 'auth'): { key: Buffer; keyId: Buffer } {
  const key = hkdfOfOneBlock(rootKey().expose(), Buffer.from(`split-key-kms/sealing/1/${domain}/key`));
  const fingerprint = hkdfOfOneBlock(key, Buffer.from(`split-key-kms/sealing/1/${domain}/fingerprint`));
  return { key, keyId: fingerprint.subarray(0, 8) };
}

describe('the format of an envelope', () => {
  it('derives keys by HKDF-SHA256: the hand-written one agrees with RFC 5869, test case 1', () => {
    const output = hkdfOfOneBlock(
      Buffer.alloc(22, 0x0b),
      Buffer.from('f0f1f2f3f4f5f6f7f8f9', 'hex'),
      Buffer.from('000102030405060708090a0b0c', 'hex'),
    );
    expect(output.toString('hex')).toBe('3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf');
  });

  it.each(['vault', 'auth'] as const)('is what the primitives alone give for %s, byte for byte', (domain) => {
    const { key: dataKey, keyId } = derived(domain);
    // RFC 5869, section 2.3, for one block.
    const info = Buffer.from('split-key-kms/sealing/2/wallet/w');
    const key = createHmac('sha256', dataKey).update(info).update(Uint8Array.of(1)).digest();
    const header = Buffer.concat([Uint8Array.of(3), keyId, Uint8Array.of(0, 0, 0, 3)]);
    const place = Buffer.concat([ROW_PLACE, WALLET, Buffer.from('\0\0\0\x05alice\0\0\0\x03bob', 'latin1')]);
    const expected = sealByPrimitives(key, header, place);
    const sealer = createSealer(ringOf(domain), () => NONCE);
    expect(Buffer.from(sealer.seal(secret(), PLACE)).toString('hex')).toBe(expected.toString('hex'));
    expect(sealer.open(expected, PLACE).expose()).toEqual(secret().expose());
  });

  it('opens what the release before sealed, which had neither owner nor recipient in it', () => {
    const { key: dataKey, keyId } = derived('vault');
    const info = Buffer.from('split-key-kms/sealing/2/wallet/w');
    const key = createHmac('sha256', dataKey).update(info).update(Uint8Array.of(1)).digest();
    const header = Buffer.concat([Uint8Array.of(2), keyId, Uint8Array.of(0, 0, 0, 3)]);
    const before = sealByPrimitives(key, header, Buffer.concat([ROW_PLACE, WALLET]));
    const sealer = createSealer(ringOf('vault'));
    expect(sealer.open(before, PLACE).expose()).toEqual(secret().expose());
    expect(sealer.open(before, { ...PLACE, owner: 'mallory' }).expose()).toEqual(secret().expose());
  });

  it('opens what earlier releases sealed, as long as their key is in the ring, and seals nothing like it', () => {
    const { key, keyId } = derived('vault');
    const expected = sealByPrimitives(key, Buffer.concat([Uint8Array.of(1), keyId]), ROW_PLACE);
    const inTheField =
      '01417579d68a09190b000102030405060708090a0b7c09dbfd976739f085346ad21decbf8e2fb0e220a04dfb52cc479aa62ad8948998f216877f813ab830dfdebf';
    expect(expected.toString('hex')).toBe(inTheField);
    const sealer = createSealer({ current: ringOf('auth').current, earlier: [deriveDomainKey(rootKey(), 'vault')] });
    expect(sealer.open(expected, PLACE).expose()).toEqual(secret().expose());
    expect(sealer.seal(secret(), PLACE)[0]).toBe(3);
    // Under a key of a later epoch there is nothing of that format.
    expect(() => createSealer(ringOf('vault')).open(expected, PLACE)).toThrow(SealedValueError);
  });
});
