import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient, successOf } from '../support/api-client.js';
import type { Answer } from '../support/api-client.js';
import { plainLineOf } from '../support/dialects.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { publishedVector } from '../support/wallet-vectors.js';
import type { WireSplitKey, WireWallet } from '../support/wire-types.js';

/**
 * What 0Chain's public API suite asserts of ZVault (0chain/system_test, tests/api_tests: zvault operations and
 * tokens), told in our own words and sent as its client sends it: paths at the root of ZVault's own port, JSON
 * bodies as `text/plain`, `/revoke` as a form, and bodiless calls with an empty body of that type.
 */
const STORED = publishedVector('systemtest-zvault', 'private_key', 'client_id', 'mnemonic');
const ANOTHER_MNEMONIC = publishedVector('gosdk-demo-1', 'mnemonic').mnemonic;
const NEVER_MADE = {
  clientId: publishedVector('0box-app-signature-1', 'client_id').client_id,
  userKey: publishedVector('systemtest-nonexistent-public-key', 'public_key').public_key,
  serverKey: publishedVector('0box-app-signature-1', 'client_key').client_key,
};
const ONE_USER = publishedVector('0box-app-signature-1', 'user_id').user_id;
const ANOTHER_USER = 'test_user_id_alternative';

/** The calls as the suite's client makes them. */
class SuiteClient {
  constructor(private readonly client: ApiClient) {}

  get = (path: string, serverKey?: string): Promise<Answer> =>
    (serverKey === undefined ? this.client : this.client.with({ 'X-Peer-Public-Key': serverKey })).get(path);

  bodiless = (path: string): Promise<Answer> => this.asText().post(path, '');

  generateKey = (clientId: string): Promise<Answer> => this.bodiless(`/key/${clientId}`);

  delete = (clientId: string): Promise<Answer> => this.bodiless(`/delete/${clientId}`);

  store = (privateKey: string, mnemonic: string): Promise<Answer> =>
    this.asText().post('/store', JSON.stringify({ private_key: privateKey, mnemonic }));

  share = (publicKey: string, userId: string): Promise<Answer> =>
    this.asText().post('/share', JSON.stringify({ public_key: publicKey, target_user_id: userId }));

  revoke = (clientId: string, publicKey: string): Promise<Answer> =>
    this.client
      .with({ 'Content-Type': 'application/x-www-form-urlencoded' })
      .post(`/revoke/${clientId}`, new URLSearchParams({ public_key: publicKey }).toString());

  restrict = (clientId: string, serverKey: string, restrictions: string[]): Promise<Answer> =>
    this.asText()
      .with({ 'X-Peer-Public-Key': serverKey })
      .put(`/restrictions/${clientId}`, JSON.stringify({ restrictions }));

  async keys(clientId: string): Promise<readonly WireSplitKey[]> {
    return successOf<{ keys: WireSplitKey[] }>(await this.get(`/keys/${clientId}`)).keys;
  }

  private asText(): ApiClient {
    return this.client.with({ 'Content-Type': 'text/plain; charset=utf-8' });
  }
}

let server: TestServer;
let user: SuiteClient;
let other: SuiteClient;
beforeAll(async () => {
  server = await startTestServer({ ZVAULT_PORT: '0' });
  user = new SuiteClient(server.as(ONE_USER, server.zvaultUrl));
  other = new SuiteClient(server.as(ANOTHER_USER, server.zvaultUrl));
});
afterEach(async () => {
  for (const { client_id: id } of successOf<WireSplitKey[]>(await user.get('/wallets')))
    successOf(await user.delete(id));
});
afterAll(() => server.stop());

async function generatedKey(): Promise<WireSplitKey> {
  const wallet = successOf<WireWallet>(await user.bodiless('/wallet'));
  successOf(await user.generateKey(wallet.client_id));
  const [key, ...more] = await user.keys(wallet.client_id);
  if (key === undefined || more.length > 0) throw new Error('one split key was to be made');
  expect(key.client_id).toBe(wallet.client_id);
  return key;
}

describe('0Chain’s public suite on ZVault: a user who has nothing', () => {
  it('finds no split keys, no wallets and no shared wallets', async () => {
    expect(await user.keys(NEVER_MADE.clientId)).toHaveLength(0);
    expect(successOf(await user.get('/wallets'))).toHaveLength(0);
    expect(successOf(await user.get('/wallets/shared'))).toHaveLength(0);
  });

  it('is refused with 400 when revoking, deleting, restricting or reading what does not exist', async () => {
    plainLineOf(await user.revoke(NEVER_MADE.clientId, NEVER_MADE.userKey), 400);
    plainLineOf(await user.delete(NEVER_MADE.clientId), 400);
    plainLineOf(await user.restrict(STORED.client_id, NEVER_MADE.serverKey, ['allocation_storage_operations']), 400);
    plainLineOf(await user.get('/restrictions', NEVER_MADE.serverKey), 400);
  });

  it('is answered in plain text on ZVault’s own port, also where there is no such route', async () => {
    plainLineOf(await user.get('/nothing'), 404);
    plainLineOf(await user.get('/zvault/wallets'), 404);
    plainLineOf(await user.get('/keys/%zz'), 400);
    plainLineOf(await user.store('0'.repeat(70_000), ''), 413);
  });

  it('is refused with 401 without a token or with one that is none', async () => {
    const anonymous = new SuiteClient(server.anonymous(server.zvaultUrl));
    const forged = new SuiteClient(server.anonymous(server.zvaultUrl).with({ 'X-Jwt-Token': 'not.a.token' }));
    for (const stranger of [anonymous, forged]) {
      plainLineOf(await stranger.get(`/keys/${NEVER_MADE.clientId}`), 401);
      plainLineOf(await stranger.bodiless('/wallet'), 401);
    }
  });
});

describe('0Chain’s public suite on ZVault: a generated wallet', () => {
  it('is split, listed and deleted, each with 200', async () => {
    const key = await generatedKey();
    successOf(await user.delete(key.client_id));
    expect(await user.keys(key.client_id)).toHaveLength(0);
  });

  it('keeps its one split key in the list when it is revoked, marked so', async () => {
    const key = await generatedKey();
    successOf(await user.revoke(key.client_id, key.public_key));
    expect(await user.keys(key.client_id)).toStrictEqual([
      // Ours: a dead key's user share is handed out no more.
      { ...key, is_revoked: true, private_key: '' },
    ]);
  });

  it('is invisible to another user', async () => {
    const key = await generatedKey();
    expect(await other.keys(key.client_id)).toHaveLength(0);
    plainLineOf(await other.delete(key.client_id), 400);
  });
});

describe('0Chain’s public suite on ZVault: a stored private key', () => {
  it.each([
    ['its mnemonic', STORED.mnemonic],
    ['no mnemonic', ''],
    ['a mnemonic of another wallet', ANOTHER_MNEMONIC],
  ])('is stored with %s, listed once and split', async (_, mnemonic) => {
    successOf(await user.store(STORED.private_key, mnemonic));
    successOf(await user.generateKey(STORED.client_id));
    expect((await user.keys(STORED.client_id)).map((key) => key.client_id)).toStrictEqual([STORED.client_id]);
    expect(successOf(await user.get('/wallets'))).toHaveLength(1);
  });

  it('is split a second time, beside the first', async () => {
    successOf(await user.store(STORED.private_key, STORED.mnemonic));
    successOf(await user.generateKey(STORED.client_id));
    expect(await user.keys(STORED.client_id)).toHaveLength(1);
    successOf(await user.generateKey(STORED.client_id));
    expect(await user.keys(STORED.client_id)).toHaveLength(2);
  });

  it('is refused when digits are missing, whatever the mnemonic', async () => {
    plainLineOf(await user.store(STORED.private_key.slice(0, 57), STORED.mnemonic), 400);
    expect(successOf(await user.get('/wallets'))).toHaveLength(0);
  });

  it('has a split key restricted by its server key, and the same list read back', async () => {
    successOf(await user.store(STORED.private_key, ANOTHER_MNEMONIC));
    successOf(await user.generateKey(STORED.client_id));
    const [key] = await user.keys(STORED.client_id);
    const serverKey = key?.peer_public_key ?? '';
    successOf(await user.restrict(STORED.client_id, serverKey, ['allocation_storage_operations']));
    expect(successOf(await user.get('/restrictions', serverKey))).toStrictEqual(['allocation_storage_operations']);
  });
});

describe('0Chain’s public suite on ZVault: sharing', () => {
  it('shows the recipient the same pair of keys', async () => {
    const key = await generatedKey();
    successOf(await user.share(key.public_key, ANOTHER_USER));
    const shared = successOf<WireSplitKey[]>(await other.get('/wallets/shared'));
    expect(shared).toMatchObject([
      { client_id: key.client_id, public_key: key.public_key, peer_public_key: key.peer_public_key },
    ]);
  });

  it('is refused for a split key that does not exist', async () => {
    await generatedKey();
    plainLineOf(await user.share(NEVER_MADE.userKey, ANOTHER_USER), 400);
  });

  it('is refused to the owner, who then has nothing shared with them', async () => {
    const key = await generatedKey();
    plainLineOf(await user.share(key.public_key, ONE_USER), 400);
    expect(successOf(await user.get('/wallets/shared'))).toHaveLength(0);
  });
});
