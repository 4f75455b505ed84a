import { createDecipheriv } from 'node:crypto';
import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SecretBytes } from '../../src/crypto/secret-bytes.js';
import type { KeyEncryptionFailure } from '../../src/key-encryption/key-encryption-error.js';
import type { KeyEncryptionKey } from '../../src/key-encryption/key-encryption-key.js';
import { openPkcs11Key, type Pkcs11Settings } from '../../src/key-encryption/open-pkcs11-key.js';
import { CONTEXT, dataKey, failureOf, itHoldsTheContract, reasonOf } from './contract.js';
import { describeWithToken, moduleChildren, SoftHsmToken, tokenMustBePossible } from './softhsm.js';

const secret = (text: string): SecretBytes => new SecretBytes(Uint8Array.from(Buffer.from(text)));
const KEK = Uint8Array.from({ length: 32 }, (_, index) => 0xf0 ^ index);

describeWithToken('SoftHSM', () => {
  let token: SoftHsmToken;
  const open = (change: Partial<Pkcs11Settings> = {}): Promise<KeyEncryptionKey> => {
    const { modulePath, label: tokenLabel, environment, pin } = token;
    return openPkcs11Key({ modulePath, tokenLabel, environment, keyLabel: 'kek', pin: secret(pin), ...change });
  };

  beforeAll(async () => {
    await tokenMustBePossible();
    token = new SoftHsmToken();
    token.import(KEK, 'kek', '01');
    token.import(KEK.toReversed(), 'other', '02');
    token.import(KEK.slice(16), 'short', '03');
    token.import(KEK, 'twin', '04');
    token.import(KEK, 'twin', '05');
  }, 180_000);
  afterAll(() => {
    expect(moduleChildren()).toEqual([]);
    token.remove();
  });

  itHoldsTheContract({
    provider: 'pkcs11',
    open: () => open(),
    openOthers: async () => [await open({ keyLabel: 'other' }), await open({ keyLabel: undefined, keyIdHex: '02' })],
  });

  it('wraps by AES-GCM, format and context authenticated, as the primitives alone unwrap', async () => {
    const key = await open({ keyLabel: undefined, keyIdHex: '01' });
    const wrapped = Buffer.from(await key.wrap(dataKey(), CONTEXT));
    const decipher = createDecipheriv('aes-256-gcm', KEK, wrapped.subarray(1, 13));
    decipher.setAAD(Buffer.from('\x01split-key-kms/key-encryption/1\nvault\n00112233445566aa'));
    decipher.setAuthTag(wrapped.subarray(-16));
    const opened = Buffer.concat([decipher.update(wrapped.subarray(13, -16)), decipher.final()]);
    expect([wrapped[0], Uint8Array.from(opened)]).toEqual([1, dataKey().expose()]);
    await key.close();
  });

  describe('in a process that', () => {
    let key: KeyEncryptionKey;
    let wrapped: Uint8Array;
    beforeEach(async () => {
      key = await open({ callMilliseconds: 3_000 });
      wrapped = await key.wrap(dataKey(), CONTEXT);
    });
    afterEach(() => key.close());

    const opens = async (): Promise<boolean> => (await key.unwrap(wrapped, CONTEXT)).length === 32;
    const child = (): number => moduleChildren()[0] ?? 0;

    it.each(['SIGKILL', 'SIGSEGV', 'SIGABRT'] as const)(
      'dies of %s fails the call that it died of, answers the others from the next one, and all that follow',
      async (signal) => {
        const first = child();
        // Stopped, so that the first call is not answered before.
        process.kill(first, 'SIGSTOP');
        const calls = Promise.allSettled(Array.from({ length: 60 }, opens));
        for (const each of [signal, 'SIGCONT'] as const) process.kill(first, each);
        const failed = (await calls).flatMap((call) => (call.status === 'rejected' ? [call.reason as unknown] : []));
        expect(failed).toEqual([expect.objectContaining({ reason: 'unavailable' })]);
        expect(await eventually(opens)).toBe(true);
        expect(child()).not.toBe(first);
      },
    );

    it('hangs is killed when a call has taken too long, and followed by another', async () => {
      const first = child();
      process.kill(first, 'SIGSTOP');
      const calls = await Promise.all(Array.from({ length: 5 }, () => reasonOf(key.unwrap(wrapped, CONTEXT))));
      expect(calls).toEqual(Array(5).fill('unavailable'));
      expect(await eventually(opens)).toBe(true);
      expect(child()).not.toBe(first);
    });

    it('died while nobody asked is followed by another as well', async () => {
      for (let death = 0; death < 3; death++) {
        process.kill(child(), 'SIGKILL');
        expect(await eventually(opens)).toBe(true);
      }
      expect(moduleChildren()).toHaveLength(1);
    });

    it('loses its token has calls fail as unavailable, until the token is back', async () => {
      const tokens = join(token.folder, 'tokens');
      renameSync(tokens, `${tokens}-away`);
      // It says something else than of a wrapping that was altered, and could say the same.
      expect(await reasonOf(key.unwrap(wrapped, CONTEXT))).toBe('unavailable');
      expect(await eventually(async () => (await failureOf(key.unwrap(wrapped, CONTEXT))).reason)).toBe('unavailable');
      renameSync(`${tokens}-away`, tokens);
      expect(await eventually(opens)).toBe(true);
    });

    it('shows no secret in its arguments and its environment', () => {
      const [line, environment] = ['cmdline', 'environ'].map((name) =>
        readFileSync(`/proc/${child()}/${name}`, 'utf8'),
      );
      expect(line).not.toContain(token.pin);
      const names = (environment ?? '').split('\0').map((setting) => setting.split('=')[0]);
      expect(names.filter((name) => name !== '').toSorted()).toEqual([
        'NODE_CHANNEL_FD',
        'NODE_CHANNEL_SERIALIZATION_MODE',
        'SOFTHSM2_CONF',
      ]);
      expect(environment).not.toContain(token.pin);
    });

    it('is closed rejects what waits as unavailable, and leaves no process', async () => {
      const calls = Promise.all(Array.from({ length: 20 }, () => reasonOf(key.unwrap(wrapped, CONTEXT))));
      await key.close();
      expect(new Set(await calls)).toEqual(new Set(['unavailable']));
      expect(moduleChildren()).toEqual([]);
    });

    it('hears the signals of a terminal goes on working', async () => {
      const first = child();
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(first, signal);
      expect(await opens()).toBe(true);
      expect(child()).toBe(first);
    });
  });

  it.each<[string, Partial<Pkcs11Settings>, KeyEncryptionFailure, string]>([
    ['another PIN', { pin: secret('918273-pim') }, 'refused', 'does not take the PIN'],
    ['a token that is not there', { tokenLabel: 'none' }, 'missing', 'no token'],
    ['a key that is not there', { keyLabel: 'none' }, 'missing', 'no AES key, and no RSA key'],
    ['an id that is not there', { keyIdHex: '02' }, 'missing', 'no AES key'],
    ['two keys of one name', { keyLabel: 'twin' }, 'missing', 'more than one key'],
    ['a key of 128 bits', { keyLabel: 'short' }, 'missing', 'no AES key of 256 bits'],
    ['a module that is not there', { modulePath: '/nowhere.so' }, 'unavailable', 'cannot be loaded'],
    ['a module that is none', { modulePath: '/bin/true' }, 'unavailable', 'PKCS#11 module'],
    ['a module that takes too long', { startMilliseconds: 1 }, 'unavailable', 'too long'],
  ])('opens no key with %s, wipes the PIN, and leaves no process', async (_what, change, expected, words) => {
    const pin = change.pin ?? secret(token.pin);
    const failure = await failureOf(open({ ...change, pin }));
    expect([failure.reason, failure.message]).toEqual([expected, expect.stringContaining(words)]);
    expect(failure.message).not.toContain('9182');
    expect(() => pin.expose()).toThrow('wiped');
    expect(moduleChildren()).toEqual([]);
  });

  it.each<Partial<Pkcs11Settings>>([{ keyLabel: undefined }, { keyIdHex: '1' }, { keyIdHex: '' }, { keyIdHex: 'xy' }])(
    'refuses names of a key that are none: %p',
    async (change) => {
      const pin = secret(token.pin);
      await expect(open({ ...change, pin })).rejects.toThrow(RangeError);
      expect(() => pin.expose()).toThrow('wiped');
    },
  );

  it('is not asked for a key again once it has refused the PIN: it could lock itself', async () => {
    const other = new SoftHsmToken();
    other.import(KEK, 'kek', '01');
    const key = await open({ environment: other.environment, callMilliseconds: 3_000 });
    other.initialise('another-pin');
    for (const pid of moduleChildren()) process.kill(pid, 'SIGKILL');
    const refused = async (): Promise<true> => {
      if ((await reasonOf(key.wrap(dataKey(), CONTEXT))) !== 'refused') throw new Error('not yet');
      return true;
    };
    expect(await eventually(refused)).toBe(true);
    expect(moduleChildren()).toEqual([]);
    await pause(500);
    expect(moduleChildren()).toEqual([]);
    await key.close();
    other.remove();
  });
});

/** What `attempt` gives once it succeeds. */
async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  const until = performance.now() + 40_000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > until) throw error;
      await pause(20);
    }
  }
}
