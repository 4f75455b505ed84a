import { describe, expect, it } from '@jest/globals';
import { addPublicKeys, clientIdOf, fromHex, publicKeyOf, sign, toHex, verify } from '@split-key-kms/client';
import { createBlsEngine } from '../../src/crypto/create-engine.js';
import {
  KNOWN_SECRET_SUM,
  KNOWN_SIGNATURES,
  KNOWN_SPLIT,
  KNOWN_UPLOAD,
} from '../../src/crypto/bls0chain/known-answer-values.js';
import { SecretBytes } from '../../src/crypto/secret-bytes.js';
import { vectorsOf } from '../crypto/bls0chain/vectors.js';

const herumi = await createBlsEngine('herumi');

const [edge] = vectorsOf('edge');

describe("the client's arithmetic", () => {
  it.each(vectorsOf('wallet').filter(({ client_key }) => client_key !== undefined))(
    'makes the published key and id of $id',
    ({ private_key, client_key, client_id }) => {
      const key = toHex(publicKeyOf(fromHex(private_key)));
      expect(key).toBe(client_key);
      if (client_id !== undefined) expect(clientIdOf(key)).toBe(client_id);
    },
  );

  it.each(KNOWN_UPLOAD.messages)('makes the published signature over $message', ({ message, serverPartial }) => {
    expect(toHex(sign(fromHex(KNOWN_UPLOAD.serverShare), fromHex(message)))).toBe(serverPartial);
  });

  it('makes the published partial of a split key, whose keys add up', () => {
    expect(toHex(sign(fromHex(KNOWN_SPLIT.serverShare), fromHex(KNOWN_SPLIT.hash)))).toBe(KNOWN_SPLIT.serverPartial);
    const sum = addPublicKeys(fromHex(KNOWN_SPLIT.userPublicKey), fromHex(KNOWN_SPLIT.serverPublicKey));
    expect(toHex(sum)).toBe(KNOWN_SPLIT.clientKey);
  });

  it.each([...KNOWN_SIGNATURES, { ...KNOWN_SPLIT, publicKey: KNOWN_SPLIT.clientKey, signature: KNOWN_SPLIT.combined }])(
    'verifies what others signed over $hash, and nothing that differs by a byte',
    ({ publicKey, hash, signature }) => {
      const parts = [fromHex(publicKey), fromHex(hash), fromHex(signature)] as const;
      expect(verify(...parts)).toBe(true);
      for (const part of parts) {
        part.set([(part.at(3) ?? 0) ^ 1], 3);
        expect(verify(...parts)).toBe(false);
        part.set([(part.at(3) ?? 0) ^ 1], 3);
      }
    },
  );

  it.each(['00', 'f0fb', 'aa'.repeat(32), '5c'.repeat(1024)])(
    'signs %s as the engine of the server does',
    (message) => {
      const share = fromHex(KNOWN_SECRET_SUM.userShare);
      const theirs = herumi.sign(new SecretBytes(Uint8Array.from(share)), fromHex(message));
      expect(toHex(sign(share, fromHex(message)))).toBe(toHex(theirs));
    },
  );

  it.each([
    ['no message', () => sign(fromHex(KNOWN_SECRET_SUM.userShare), new Uint8Array())],
    ['1,025 bytes', () => sign(fromHex(KNOWN_SECRET_SUM.userShare), new Uint8Array(1025))],
    ['zero for a secret key', () => sign(new Uint8Array(32), new Uint8Array(1))],
    ['the group order for a secret key', () => publicKeyOf(fromHex(edge?.r_le ?? ''))],
    ['a short secret key', () => publicKeyOf(new Uint8Array(31).fill(1))],
    ['what is no hexadecimal', () => fromHex('0g')],
  ])('refuses %s', (_what, work) => {
    expect(work).toThrow(RangeError);
  });

  it.each([0, 31, 33, 64])('takes no signature of %i zero bytes', (size) => {
    expect(verify(fromHex(KNOWN_SPLIT.clientKey), fromHex(KNOWN_SPLIT.hash), new Uint8Array(size))).toBe(false);
  });
});
