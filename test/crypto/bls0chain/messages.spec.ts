import { describe, expect, it } from '@jest/globals';

import { decodeMessage, decodeSecretKey, encodeHex } from '../../../src/crypto/bls0chain/codec.js';
import { MalformedEncodingError } from '../../../src/crypto/bls0chain/malformed-encoding-error.js';
import type { SecretBytes } from '../../../src/crypto/secret-bytes.js';
import { FIELD_MESSAGES, FIELD_WALLET } from '../../support/field-signing.js';
import { describeEachEngine } from './engines.js';

const secret = (): SecretBytes => decodeSecretKey(FIELD_WALLET.private_key, 'private_key');

describe('a message', () => {
  describeEachEngine((engine) => {
    it.each(FIELD_MESSAGES.signed)('is signed and verified as wallets do it: $what', ({ hash, combined }) => {
      const message = decodeMessage(hash, 'hash');
      const signature = engine().sign(secret(), message);
      expect(encodeHex(signature)).toBe(combined);
      const key = engine().publicKeyOf(secret());
      expect(engine().verify(key, message, signature)).toBe(true);
      const others = [Buffer.concat([message, Uint8Array.of(0)]), Buffer.concat([Uint8Array.of(0), message])];
      for (const other of others.filter(({ length }) => length <= 1024)) {
        expect(engine().verify(key, other, signature)).toBe(false);
      }
    });

    it.each([0, 1025, 65_536])('of %d bytes is neither signed nor verified', (length) => {
      const message = new Uint8Array(length);
      const [key, signature] = [engine().publicKeyOf(secret()), engine().sign(secret(), Uint8Array.of(1))];
      expect(() => engine().sign(secret(), message)).toThrow(MalformedEncodingError);
      expect(() => engine().verify(key, message, signature)).toThrow('message: must be 1 to 1024 bytes');
    });
  });
});
