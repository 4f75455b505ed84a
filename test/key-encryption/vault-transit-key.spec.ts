import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SecretBytes } from '../../src/crypto/secret-bytes.js';
import type { KeyEncryptionFailure } from '../../src/key-encryption/key-encryption-error.js';
import type { KeyEncryptionKey } from '../../src/key-encryption/key-encryption-key.js';
import { openVaultTransitKey } from '../../src/key-encryption/open-vault-transit-key.js';
import type { TransitServer } from '../../src/key-encryption/vault-transit/transit-client.js';
import { CONTEXT, dataKey, failureOf, itHoldsTheContract, reasonOf } from './contract.js';
import { TransitStandIn } from './transit-server.js';

const server = new TransitStandIn();
let address: URL;
const secret = (text: string): SecretBytes => new SecretBytes(Uint8Array.from(Buffer.from(text)));
const settings = (change: Partial<TransitServer> = {}): TransitServer => ({
  address,
  mount: 'transit',
  keyName: 'split-key',
  token: secret(server.token),
  proxy: { proxy: undefined, noProxy: '' },
  milliseconds: 2_000,
  ...change,
});
const open = (change: Partial<TransitServer> = {}): Promise<KeyEncryptionKey> => openVaultTransitKey(settings(change));

beforeAll(async () => {
  address = await server.listen();
  for (const path of ['transit/split-key', 'transit/other', 'team/transit/split-key']) server.create(path);
});
afterEach(() => {
  server.interfere = () => undefined;
  server.ignoresAssociatedData = false;
});
afterAll(() => server.close());

itHoldsTheContract({
  provider: 'vault-transit',
  open: () => open(),
  sample: 24,
  openOthers: () => Promise.all([open({ keyName: 'other' }), open({ mount: 'team/transit' })]),
});

describe('a key of a transit engine', () => {
  let key: KeyEncryptionKey;
  beforeEach(async () => {
    key = await open();
    server.asked.length = 0;
  });
  afterEach(() => key.close());

  it('asks as the API is documented, with the context as associated data', async () => {
    const wrapped = await key.wrap(dataKey(), CONTEXT);
    (await key.unwrap(wrapped, CONTEXT)).wipe();
    expect(server.asked.map(({ method, url }) => `${method ?? ''} ${url}`)).toEqual([
      'POST /v1/transit/encrypt/split-key',
      'POST /v1/transit/decrypt/split-key',
    ]);
    const context = Buffer.from('split-key-kms/key-encryption/1\nvault\n00112233445566aa').toString('base64');
    expect(server.asked.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { plaintext: Buffer.from(dataKey().expose()).toString('base64'), associated_data: context },
      { ciphertext: Buffer.from(wrapped).toString(), associated_data: context },
    ]);
    expect(server.asked[0]?.headers).toMatchObject({ 'x-vault-token': server.token, 'x-vault-request': 'true' });
    expect(server.asked[0]?.headers).not.toHaveProperty('x-vault-namespace');
  });

  it('goes into a namespace, and is another key there', async () => {
    const inside = await open({ namespace: 'team-a' });
    expect(server.asked.map(({ headers }) => headers['x-vault-namespace'])).toEqual(Array(4).fill('team-a'));
    expect(inside.fingerprint).not.toBe(key.fingerprint);
    await inside.close();
  });

  it('keeps the path of an address', async () => {
    await failureOf(open({ address: new URL('/behind/proxy', address) }));
    expect(server.asked[0]?.url).toBe('/behind/proxy/v1/transit/keys/split-key');
  });

  it('unwraps what an older version wrapped, with the same fingerprint', async () => {
    const wrapped = await key.wrap(dataKey(), CONTEXT);
    server.rotate('transit/split-key');
    expect(Buffer.from(await key.wrap(dataKey(), CONTEXT)).toString()).toMatch(/^vault:v2:/);
    expect((await key.unwrap(wrapped, CONTEXT)).expose()).toEqual(dataKey().expose());
    const again = await open();
    expect(again.fingerprint).toBe(key.fingerprint);
    await again.close();
  });

  it.each([
    ['with a line feed in it', (text: string) => `${text.slice(0, 30)}\n${text.slice(30)}`],
    ['with a version spelled otherwise', (text: string) => text.replace(':v', ':v0')],
    ['with padding that is not needed', (text: string) => `${text}=`],
    ['with other bits beneath the padding', (text: string) => `${text.slice(0, -2)}B=`],
    ['of many kilobytes', (text: string) => `${text}${'A'.repeat(4_000)}`],
  ])('refuses a wrapping %s before it is sent', async (_how, change) => {
    const text = Buffer.from(await key.wrap(dataKey(), CONTEXT)).toString();
    server.asked.length = 0;
    expect(await reasonOf(key.unwrap(Buffer.from(change(text)), CONTEXT))).toBe('refused');
    expect(server.asked).toEqual([]);
  });

  it.each<[number, object, KeyEncryptionFailure, KeyEncryptionFailure]>([
    [400, { errors: ['invalid ciphertext: unable to decrypt'] }, 'refused', 'refused'],
    [400, { errors: ['encryption key not found'] }, 'missing', 'missing'],
    [400, {}, 'unavailable', 'unavailable'],
    [403, { errors: ['permission denied'] }, 'refused', 'refused'],
    [404, { errors: [] }, 'missing', 'missing'],
    [307, {}, 'unavailable', 'unavailable'],
    [429, { errors: ['rate limit'] }, 'unavailable', 'unavailable'],
    [500, { errors: ['internal error'] }, 'unavailable', 'unavailable'],
    [503, { errors: ['Vault is sealed'] }, 'unavailable', 'unavailable'],
    [200, {}, 'unavailable', 'unavailable'],
    [200, { data: {} }, 'unavailable', 'unavailable'],
    [200, { data: { ciphertext: 'vault:v1:', plaintext: 7 } }, 'unavailable', 'unavailable'],
    [200, { data: { ciphertext: 'none', plaintext: 'AAAA' } }, 'unavailable', 'refused'],
  ])('takes %i %j for %s', async (status, body, wrapping, unwrapping) => {
    const wrapped = await key.wrap(dataKey(), CONTEXT);
    server.interfere = () => [status, body];
    const failures = [await failureOf(key.wrap(dataKey(), CONTEXT)), await failureOf(key.unwrap(wrapped, CONTEXT))];
    expect(failures.map(({ reason }) => reason)).toEqual([wrapping, unwrapping]);
    expect(failures.filter(({ message }) => message.includes(server.token) || message.includes('split-key'))).toEqual(
      [],
    );
  });

  it('is unavailable when the server does not answer in time, and when it breaks off', async () => {
    const hasty = await open({ milliseconds: 300 });
    server.interfere = () => 'done';
    const slow = await failureOf(hasty.wrap(dataKey(), CONTEXT));
    expect([slow.reason, slow.message]).toEqual(['unavailable', expect.stringContaining('longer than 0.3 seconds')]);
    server.interfere = (response) => {
      response.socket?.destroy();
      return 'done';
    };
    expect(await reasonOf(hasty.wrap(dataKey(), CONTEXT))).toBe('unavailable');
    await hasty.close();
  });

  it('rejects what is under way as unavailable when it is closed', async () => {
    const arrived = new Promise<void>((resolve) => {
      server.interfere = () => {
        resolve();
        return 'done';
      };
    });
    const waiting = reasonOf(key.wrap(dataKey(), CONTEXT));
    await arrived;
    await key.close();
    expect(await waiting).toBe('unavailable');
  });
});

describe('a key of a transit engine is not opened', () => {
  it.each<[string, Partial<TransitServer>, KeyEncryptionFailure]>([
    ['by another token', { token: secret('hvs.other') }, 'refused'],
    ['by a name that is not there', { keyName: 'none' }, 'missing'],
    ['at a mount that is not there', { mount: 'none' }, 'missing'],
    ['where nobody listens', { address: new URL('http://127.0.0.1:1') }, 'unavailable'],
  ])('%s, and its token is wiped', async (_how, change, reason) => {
    const given = settings(change);
    expect(await reasonOf(openVaultTransitKey(given))).toBe(reason);
    expect(() => given.token.expose()).toThrow('wiped');
  });

  it('where it is missing, even by asking to wrap', async () => {
    server.asked.length = 0;
    await failureOf(open({ keyName: 'none' }));
    expect(server.asked.map(({ method }) => method)).toEqual(['GET']);
  });

  it.each([{ type: 'aes128-gcm96' }, { type: 'rsa-4096' }, { type: 'hmac' }, { derived: true }])(
    'when it is of another kind: %j',
    async (description) => {
      server.create('transit/kind', description);
      expect(await reasonOf(open({ keyName: 'kind' }))).toBe('missing');
    },
  );

  it('by a server that leaves associated data out', async () => {
    server.ignoresAssociatedData = true;
    const failure = await failureOf(open());
    expect([failure.reason, failure.message]).toEqual(['missing', expect.stringContaining('does not bind')]);
  });

  it.each<Partial<TransitServer>>([
    { mount: '' },
    { mount: '../sys' },
    { mount: 'a//b' },
    { keyName: 'a/b' },
    { keyName: '..' },
    { keyName: 'a?b' },
    { namespace: 'a\r\nb' },
    { token: secret('') },
    { token: secret('a b') },
    { token: secret('ä') },
  ])('with a malformed %p', async (change) => {
    server.asked.length = 0;
    await expect(open(change)).rejects.toThrow(RangeError);
    expect(server.asked).toEqual([]);
  });
});
