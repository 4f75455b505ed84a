import { createCipheriv, createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { deriveDomainKey } from '../../../src/crypto/sealing/domain-key.js';
import { createSealer } from '../../../src/crypto/sealing/create-sealer.js';
import { PLACE, rootKey, secret } from './sealing-fixtures.js';

/** HKDF-SHA256 with the empty salt, written from RFC 5869 section 2 for outputs of one block (32 bytes). */
function hkdfOfOneBlock(inputKey: Uint8Array, info: Uint8Array, salt: Uint8Array = new Uint8Array(32)): Buffer {
  const pseudoRandomKey = createHmac('sha256', salt).update(inputKey).digest();
  return createHmac('sha256', pseudoRandomKey).update(info).update(Uint8Array.of(1)).digest();
}

const NONCE = Buffer.from('000102030405060708090a0b', 'hex');

/** The associated data of PLACE, spelled out: format 1, key id, then each part after its length. */
function associatedDataOf(keyId: Buffer): Buffer {
  const place = '\0\0\0\x07wallets\0\0\0\x017\0\0\0\x11sealed_master_key\0\0\0\0\0\0\0\x01';
  return Buffer.concat([Uint8Array.of(1), keyId, Buffer.from(place, 'latin1')]);
}

/** The whole envelope from primitives, by no code of the sealer's. */
function envelopeFromPrimitives(domain: 'vault' | 'auth'): Buffer {
  const key = hkdfOfOneBlock(rootKey().expose(), Buffer.from(`split-key-kms/sealing/1/${domain}/key`));
  const fingerprint = hkdfOfOneBlock(key, Buffer.from(`split-key-kms/sealing/1/${domain}/fingerprint`));
  const keyId = fingerprint.subarray(0, 8);
  const cipher = createCipheriv('aes-256-gcm', key, NONCE).setAAD(associatedDataOf(keyId));
  const ciphertext = Buffer.concat([cipher.update(secret().expose()), cipher.final()]);
  return Buffer.concat([Uint8Array.of(1), keyId, NONCE, ciphertext, cipher.getAuthTag()]);
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
    const sealer = createSealer(deriveDomainKey(rootKey(), domain), () => NONCE);
    const expected = envelopeFromPrimitives(domain);
    expect(Buffer.from(sealer.seal(secret(), PLACE)).toString('hex')).toBe(expected.toString('hex'));
    expect(sealer.open(expected, PLACE).expose()).toEqual(secret().expose());
  });

  it('is fixed for good: databases in the field hold it', () => {
    const sealer = createSealer(deriveDomainKey(rootKey(), 'vault'), () => NONCE);
    expect(Buffer.from(sealer.seal(secret(), PLACE)).toString('hex')).toBe(
      '01417579d68a09190b000102030405060708090a0b7c09dbfd976739f085346ad21decbf8e2fb0e220a04dfb52cc479aa62ad8948998f216877f813ab830dfdebf',
    );
  });
});
