import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventBus } from '../../src/events/event-bus.js';
import { problemOf, successOf } from '../support/api-client.js';
import type { Answer } from '../support/api-client.js';
import { stateOf } from '../support/database-state.js';
import { foreignSplitKey, setUp } from '../support/foreign-split-key.js';
import { heldKey, signMessage } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { sha3 } from '../support/wallet-client.js';
import type { WireSplitKey, WireWallet } from '../support/wire-types.js';

// A real file, so that every acknowledged write went through the journal with synchronous=FULL.
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ DATABASE: '' });
  const bus = server.app.get(EventBus);
  // The last handler: by then both halves have been written, and must be undone.
  const failForTheUnlucky = (event: { ownerId: string }): Promise<void> =>
    event.ownerId.startsWith('unlucky') ? Promise.reject(new Error('out of luck')) : Promise.resolve();
  bus.on('SplitKeyCreated', failForTheUnlucky);
  bus.on('WalletDeleted', failForTheUnlucky);
});
afterAll(() => server.stop());

const HASH = sha3('while others write');
const zauthOf = (user: string): ReturnType<TestServer['as']> => server.as(user, `${server.url}/zauth`);

/** One user's part of the crowd: every kind of write, as many of them at once as can be. */
async function liveOneLife(user: string): Promise<{ wallet: WireWallet; live: WireSplitKey; revoked: WireSplitKey }> {
  const api = server.as(user);
  const { wallet, key: live } = await splitWallet(api);
  const revoked = successOf<WireSplitKey>(await api.post(`/key/${wallet.client_id}`), 201);
  const elsewhere = await foreignSplitKey();
  const [share, restrict, revoke, setup, store, signed] = await Promise.all([
    api.post('/share', { public_key: live.public_key, target_user_id: `friend of ${user}` }),
    api
      .with({ 'X-Peer-Public-Key': live.peer_public_key })
      .put(`/restrictions/${wallet.client_id}`, { restrictions: ['message_signing'] }),
    api.post(`/revoke/${wallet.client_id}`, { public_key: revoked.public_key }),
    setUp(zauthOf(user), elsewhere),
    api.post('/store', { private_key: elsewhere.masterKey }),
    signMessage(api, heldKey(live), HASH),
  ]);
  expect([share, restrict, revoke, setup, store, signed].map(({ status }) => status)).toEqual([
    200, 200, 200, 200, 201, 200,
  ]);
  return { wallet, live, revoked };
}

/** One whose every split fails after both halves were written; what they see must be what they had. */
async function failHalfWay(user: string): Promise<Answer[]> {
  const api = server.as(user);
  const wallet = successOf<WireWallet>(await api.post('/wallet'), 201);
  const failed = await Promise.all([
    api.post(`/key/${wallet.client_id}`),
    api.post(`/delete/${wallet.client_id}`),
    api.post('/zvault/generate'),
  ]);
  expect(successOf<WireSplitKey[]>(await api.get('/wallets')).map(({ client_id }) => client_id)).toEqual([
    wallet.client_id,
  ]);
  expect(successOf(await api.get(`/keys/${wallet.client_id}`))).toEqual({ keys: [] });
  return failed;
}

describe('writes side by side', () => {
  it('all survive, and none sees or keeps what another one undid', async () => {
    const lucky = Array.from({ length: 64 }, (_, index) => `lucky ${index}`);
    const unlucky = Array.from({ length: 16 }, (_, index) => `unlucky ${index}`);
    const [lives, failures] = await Promise.all([
      Promise.all(lucky.map((user) => liveOneLife(user).then((life) => ({ user, ...life })))),
      Promise.all(unlucky.map(failHalfWay)),
    ]);
    expect(new Set(failures.flat().map(({ status }) => status))).toEqual(new Set([500]));

    for (const { user, wallet, live, revoked } of lives) {
      const { keys } = successOf<{ keys: WireSplitKey[] }>(await server.as(user).get(`/keys/${wallet.client_id}`));
      expect(keys).toMatchObject([
        { public_key: live.public_key, is_revoked: false, shared_to: `friend of ${user}` },
        { public_key: revoked.public_key, is_revoked: true },
      ]);
      expect(successOf<unknown[]>(await server.as(user).get('/wallets'))).toHaveLength(2);
      expect(successOf<unknown[]>(await server.as(`friend of ${user}`).get('/wallets/shared'))).toHaveLength(1);
      const after = sha3(`after ${user}`);
      expect((await signMessage(server.anonymous(), heldKey(live), after)).status).toBe(200);
      expect(problemOf(await signMessage(server.anonymous(), heldKey(revoked), after)).code).toBe('SPLIT_KEY.REVOKED');
    }
    const { vault_wallets: wallets, vault_split_keys: splitKeys, auth_server_shares: shares } = await stateOf(server);
    expect([wallets.length, splitKeys.length, shares.length]).toEqual([64 * 2 + 16, 64 * 2, 64 * 3]);
    expect([...splitKeys, ...shares].filter(({ owner_id }) => String(owner_id).startsWith('unlucky'))).toEqual([]);
    const vaultIds = splitKeys.map(({ id }) => id).sort();
    expect(shares.flatMap(({ split_key_id: id }) => (id === null ? [] : [id])).sort()).toEqual(vaultIds);
  });
});

describe('64 identical requests at once', () => {
  const sixtyFour = (send: () => Promise<Answer>): Promise<number[]> =>
    Promise.all(Array.from({ length: 64 }, async () => (await send()).status));
  const all = (status: number): number[] => Array.from({ length: 64 }, () => status);

  it('store one wallet', async () => {
    const { masterKey, clientId } = await foreignSplitKey();
    const api = server.as('storing');
    expect(await sixtyFour(() => api.post('/store', { private_key: masterKey, mnemonic: 'words' }))).toEqual(all(201));
    const wallets = successOf<WireSplitKey[]>(await api.get('/wallets'));
    expect(wallets.map(({ client_id }) => client_id)).toEqual([clientId]);
  });

  it('revoke, share, or restrict one split key as one request does', async () => {
    const api = server.as('repeating');
    const { wallet, key } = await splitWallet(api);
    const share = (): Promise<Answer> => api.post('/share', { public_key: key.public_key, target_user_id: 'friend' });
    const named = api.with({ 'X-Peer-Public-Key': key.public_key });
    const restrict = (): Promise<Answer> =>
      named.put(`/restrictions/${wallet.client_id}`, { restrictions: ['token_transfers'] });
    const revoke = (): Promise<Answer> => api.post(`/revoke/${wallet.client_id}`, { public_key: key.public_key });
    for (const send of [share, restrict, revoke]) expect(await sixtyFour(send)).toEqual(all(200));
    const { keys } = successOf<{ keys: WireSplitKey[] }>(await api.get(`/keys/${wallet.client_id}`));
    expect(keys).toMatchObject([{ shared_to: 'friend', is_revoked: true }]);
    expect(successOf(await named.get('/restrictions'))).toEqual(['token_transfers']);
  });

  it('set up one server share', async () => {
    const key = await foreignSplitKey();
    expect(await sixtyFour(() => setUp(zauthOf('setting up'), key))).toEqual(all(200));
    const { auth_server_shares: shares } = await stateOf(server);
    expect(shares.filter(({ owner_id }) => owner_id === 'setting up')).toHaveLength(1);
  });

  it('set up one server share for one of two owners who race for it', async () => {
    const key = await foreignSplitKey();
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, index) => setUp(zauthOf(`racer ${index % 2}`), key)),
    );
    const statuses = [0, 1].map(
      (racer) => new Set(answers.filter((_, i) => i % 2 === racer).map(({ status }) => status)),
    );
    expect(statuses.map((of) => [...of]).sort()).toEqual([[200], [400]]);
  });

  it('delete a wallet once, and find none the other 63 times', async () => {
    const api = server.as('deleting');
    const { wallet } = await splitWallet(api);
    const statuses = await sixtyFour(() => api.post(`/delete/${wallet.client_id}`));
    expect(statuses.sort()).toEqual([200, ...Array.from({ length: 63 }, () => 400)]);
    expect(problemOf(await api.post(`/delete/${wallet.client_id}`)).code).toBe('WALLET.UNKNOWN');
  });
});

describe('two owners who store the same key', () => {
  it('stay apart in everything', async () => {
    const { masterKey, clientId } = await foreignSplitKey();
    const users = ['first owner', 'second owner'] as const;
    const wallets = await Promise.all(users.map((user) => server.as(user).post('/store', { private_key: masterKey })));
    expect(wallets.map(({ status }) => status)).toEqual([201, 201]);
    const split = async (user: string): Promise<WireSplitKey> =>
      successOf<WireSplitKey>(await server.as(user).post(`/key/${clientId}`), 201);
    const [mine, others] = await Promise.all([split(users[0]), split(users[1])]);
    const [first, second] = [server.as(users[0]), server.as(users[1])];

    expect(problemOf(await first.post(`/revoke/${clientId}`, { public_key: others.public_key })).code).toBe(
      'SPLIT_KEY.UNKNOWN',
    );
    expect(problemOf(await first.post('/share', { public_key: others.public_key, target_user_id: 'x' })).code).toBe(
      'SPLIT_KEY.UNKNOWN',
    );
    const { keys } = successOf<{ keys: WireSplitKey[] }>(await first.get(`/keys/${clientId}`));
    expect(keys.map(({ public_key }) => public_key)).toEqual([mine.public_key]);

    successOf(await first.post(`/delete/${clientId}`));
    expect(problemOf(await signMessage(server.anonymous(), heldKey(mine), HASH)).code).toBe('SPLIT_KEY.UNKNOWN');
    expect((await signMessage(server.anonymous(), heldKey(others), HASH)).status).toBe(200);
    successOf(await zauthOf(users[1]).post(`/delete/${clientId}`));
    expect(problemOf(await signMessage(server.anonymous(), heldKey(others), HASH)).code).toBe('SPLIT_KEY.UNKNOWN');
    expect(successOf<unknown[]>(await second.get('/wallets'))).toHaveLength(1);
  });
});
