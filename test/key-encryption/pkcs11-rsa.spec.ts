import {
  constants,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  publicEncrypt,
  sign,
  verify,
} from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SecretBytes } from '../../src/crypto/secret-bytes.js';
import type { KeyEncryptionKey } from '../../src/key-encryption/key-encryption-key.js';
import { openPkcs11Key } from '../../src/key-encryption/open-pkcs11-key.js';
import { CONTEXT, dataKey, failureOf, itHoldsTheContract, reasonOf } from './contract.js';
import { describeWithToken, moduleChildren, SoftHsmToken, tokenMustBePossible } from './softhsm.js';

const rsa = (modulusLength: number): KeyObject => generateKeyPairSync('rsa', { modulusLength }).privateKey;
const PADDING = constants.RSA_PKCS1_OAEP_PADDING;
const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } as const;
const NAMED = Buffer.from('split-key-kms/key-encryption/1\nvault\n00112233445566aa');

describeWithToken('an RSA key in SoftHSM', () => {
  let token: SoftHsmToken;
  let pair: KeyObject;
  const open = (keyLabel = 'rsa', at = token): Promise<KeyEncryptionKey> => {
    const { modulePath, label: tokenLabel, environment, pin } = at;
    const secret = new SecretBytes(Uint8Array.from(Buffer.from(pin)));
    return openPkcs11Key({ modulePath, tokenLabel, environment, keyLabel, pin: secret });
  };

  beforeAll(async () => {
    await tokenMustBePossible();
    [token, pair] = [new SoftHsmToken(), rsa(3072)];
    token.import(pair, 'rsa', '01');
    token.import(rsa(3072), 'other', '02');
    token.import(rsa(2048), 'smaller', '03');
    token.import(rsa(1024), 'too small', '04');
    token.import(dataKey(0x61).expose(), 'aes', '05');
    token.import(pair, 'both', '06');
    token.import(dataKey(0x61).expose(), 'both', '07');
  }, 180_000);
  afterAll(() => {
    expect(moduleChildren()).toEqual([]);
    token.remove();
  });

  itHoldsTheContract({
    provider: 'pkcs11',
    open: () => open(),
    // One after the other: of processes that open one token at once SoftHSM refuses some.
    openOthers: async () => [await open('other'), await open('smaller'), await open('aes')],
    sample: 40,
  });

  describe('wraps so that', () => {
    let key: KeyEncryptionKey;
    let wrapped: Buffer;
    beforeAll(async () => {
      key = await open();
      wrapped = Buffer.from(await key.wrap(dataKey(), CONTEXT));
    });
    afterAll(() => key.close());

    it('everybody can verify who wrapped, by format, context and ciphertext', () => {
      const signed = Buffer.concat([wrapped.subarray(0, 1), NAMED, wrapped.subarray(1, 385)]);
      expect([wrapped.length, wrapped[0]]).toEqual([1 + 2 * 384, 3]);
      expect(verify('sha256', signed, { key: createPublicKey(pair), ...PSS }, wrapped.subarray(385))).toBe(true);
    });

    const forged = (signer: KeyObject, context: Buffer, format = 3): Buffer => {
      const oaepHash = format === 2 ? 'sha256' : 'sha1';
      const ciphertext = publicEncrypt({ key: createPublicKey(pair), padding: PADDING, oaepHash }, dataKey(7).expose());
      const signature = sign('sha256', Buffer.concat([Uint8Array.of(format), context, ciphertext]), {
        key: signer,
        ...PSS,
      });
      return Buffer.concat([Uint8Array.of(format), ciphertext, signature]);
    };

    it('what is made by the description, with the key itself, unwraps', async () => {
      expect((await key.unwrap(forged(pair, NAMED), CONTEXT)).expose()).toEqual(dataKey(7).expose());
    });

    it('nobody else can, though all that it takes to encrypt is public', async () => {
      expect(await reasonOf(key.unwrap(forged(rsa(3072), NAMED), CONTEXT))).toBe('refused');
      const borrowed = Buffer.concat([forged(pair, NAMED).subarray(0, 385), wrapped.subarray(385)]);
      expect(await reasonOf(key.unwrap(borrowed, CONTEXT))).toBe('refused');
      expect(await reasonOf(key.unwrap(forged(pair, Buffer.from('another context')), CONTEXT))).toBe('refused');
    });

    it('what the module does not know is refused, and it goes on', async () => {
      expect(await reasonOf(key.unwrap(forged(pair, NAMED, 2), CONTEXT))).toBe('refused');
      expect(await key.unwrap(wrapped, CONTEXT)).toHaveLength(32);
    });
  });

  it('has the same fingerprint in another token, where it unwraps the same', async () => {
    const copy = new SoftHsmToken();
    copy.import(pair, 'rsa', '0a');
    const [here, there] = [await open(), await open('rsa', copy)];
    expect(there.fingerprint).toBe(here.fingerprint);
    expect(await there.unwrap(await here.wrap(dataKey(), CONTEXT), CONTEXT)).toHaveLength(32);
    await Promise.all([here.close(), there.close()]);
    copy.remove();
  });

  it('is not asked where there is an AES key of its name', async () => {
    const key = await open('both');
    expect(await key.wrap(dataKey(), CONTEXT)).toHaveLength(61);
    await key.close();
  });

  it('of less than 2048 bits is not used', async () => {
    const failure = await failureOf(open('too small'));
    expect([failure.reason, failure.message]).toEqual(['missing', expect.stringContaining('2048 bits')]);
  });
});
