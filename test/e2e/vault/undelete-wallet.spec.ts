import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Sweeper } from '../../../src/sweeping/sweeper.js';
import { problemOf, successOf } from '../../support/api-client.js';
import type { ApiClient } from '../../support/api-client.js';
import { freshUser, nobody, refusedInBothDialects, userNamed, visiblePartsOf } from '../../support/dialects.js';
import { randomSecretKey } from '../../support/foreign-split-key.js';
import { malformedHex } from '../../support/malformed.js';
import { askToSign } from '../../support/message-signing.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import type { WireSplitKey, WireWallet } from '../../support/wire-types.js';

const DAY = 86_400;
const NEVER_MADE = '7'.repeat(64);

let server: TestServer;
let id: string;
let alice: ApiClient;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(() => {
  ({ id, documented: alice } = freshUser(server, 'alice'));
});

const sweep = (): Promise<void> => server.app.get(Sweeper).sweep();
/** What the database has of alice's wallets, live or not. */
const rows = (): Promise<{ id: string }[]> =>
  server.dataSource().query<{ id: string }[]>('SELECT * FROM vault_wallets WHERE owner_id = ?', [id]);
const names = async (client: ApiClient, path: string): Promise<string[]> =>
  successOf<WireWallet[]>(await client.get(path)).map(({ client_id: clientId }) => clientId);
const actions = async (): Promise<string[]> => (await server.audit()).map(({ action }) => action);

describe('a deleted wallet', () => {
  it('is in no list but that of deleted ones, which says when it goes', async () => {
    const { wallet } = await splitWallet(alice);
    const kept = successOf<WireWallet>(await alice.post('/wallet'), 201);
    const deletesAt = server.clock.nowSeconds() + 7 * DAY;
    successOf(await alice.post(`/delete/${wallet.client_id}`));
    expect(successOf(await alice.get('/wallets/deleted'))).toStrictEqual([
      {
        client_id: wallet.client_id,
        client_key: wallet.client_key,
        created_at: Math.floor(Date.parse(wallet.date_created) / 1000),
        deletes_at: deletesAt,
      },
    ]);
    for (const client of [alice, userNamed(server, id).sdk]) {
      expect(await names(client, '/wallets')).toEqual([kept.client_id]);
      expect(successOf(await client.get(`/keys/${wallet.client_id}`))).toStrictEqual({ keys: [] });
    }
    expect(await names(server.as('mallory'), '/wallets/deleted')).toEqual([]);
  });

  it('answers every other call as one that does not exist', async () => {
    const { wallet, key } = await splitWallet(alice);
    successOf(await alice.post(`/delete/${wallet.client_id}`));
    for (const path of ['delete', 'key']) {
      const told = visiblePartsOf(await alice.post(`/${path}/${wallet.client_id}`));
      expect(told).toStrictEqual(visiblePartsOf(await alice.post(`/${path}/${NEVER_MADE}`)));
      expect(told.status).toBe(400);
    }
    const ask = { public_key: key.public_key, target_user_id: 'bob' };
    expect(problemOf(await alice.post('/share', ask)).code).toBe('SPLIT_KEY.UNKNOWN');
  });

  it('comes back with its master key and words, and without its split keys', async () => {
    const { wallet, key } = await splitWallet(alice);
    successOf(await alice.post('/share', { public_key: key.public_key, target_user_id: 'bob' }));
    const before = await rows();
    successOf(await alice.post(`/delete/${wallet.client_id}`));
    const answer = await alice.post(`/undelete/${wallet.client_id.toUpperCase()}`);
    expect({ status: answer.status, text: answer.text }).toStrictEqual({ status: 200, text: '{}' });
    // What says so is another version of the row.
    const again = { version: 3, mac: expect.anything() };
    expect(await rows()).toEqual(before.map((row) => ({ ...row, ...again })));
    expect(await names(alice, '/wallets')).toEqual([wallet.client_id]);
    expect(await names(alice, '/wallets/deleted')).toEqual([]);
    expect(successOf(await alice.get(`/keys/${wallet.client_id}`))).toStrictEqual({ keys: [] });
    expect(successOf(await server.as('bob').get('/wallets/shared'))).toStrictEqual([]);
    expect((await askToSign(server, key)).status).toBe(400);
    const next = successOf<WireSplitKey>(await alice.post(`/key/${wallet.client_id}`), 201);
    expect((await askToSign(server, next)).status).toBe(200);
    expect(await actions()).toEqual(expect.arrayContaining(['delete-wallet', 'undelete-wallet']));
  });

  it('is destroyed after the days of grace, which is recorded, and then nothing brings it back', async () => {
    const { wallet } = await splitWallet(alice);
    successOf(await alice.post(`/delete/${wallet.client_id}`));
    server.clock.advanceSeconds(7 * DAY - 1);
    await sweep();
    expect(await rows()).toHaveLength(1);
    server.clock.advanceSeconds(1);
    await sweep();
    expect(await rows()).toEqual([]);
    expect((await server.audit()).at(-1)).toMatchObject({
      action: 'destroy-wallet',
      outcome: 'approved',
      actorId: null,
      clientId: wallet.client_id,
      facts: JSON.stringify({ owner: id }),
    });
    const late = server.as(id);
    expect(problemOf(await late.post(`/undelete/${wallet.client_id}`)).code).toBe('WALLET.UNKNOWN');
  });

  it('is not destroyed while the time is in doubt', async () => {
    const { wallet } = await splitWallet(alice);
    successOf(await alice.post(`/delete/${wallet.client_id}`));
    server.clock.advanceSeconds(1000 * DAY);
    server.clock.doubted = 'it has jumped';
    await sweep();
    expect(await rows()).toHaveLength(1);
    server.clock.doubted = undefined;
    await sweep();
    expect(await rows()).toEqual([]);
  });

  it('is ended by storing its key: that is a new wallet, and the only one', async () => {
    const privateKey = randomSecretKey();
    const { client_id: clientId } = successOf<WireWallet>(await alice.post('/store', { private_key: privateKey }), 201);
    successOf(await alice.post(`/delete/${clientId}`));
    const [before] = await rows();
    successOf(await alice.post('/store', { private_key: privateKey }), 201);
    const after = await rows();
    expect(after).toHaveLength(1);
    expect(after[0]?.id).not.toBe(before?.id);
    expect(await names(alice, '/wallets')).toEqual([clientId]);
    expect(await names(alice, '/wallets/deleted')).toEqual([]);
    expect((await actions()).slice(-4)).toEqual(['store-key', 'destroy-wallet', 'list-wallets', 'list-deleted']);
    // And can be deleted and brought back in its turn.
    successOf(await alice.post(`/delete/${clientId}`));
    successOf(await alice.post(`/undelete/${clientId}`));
    expect(await names(alice, '/wallets')).toEqual([clientId]);
  });

  it('is nobody else’s to bring back', async () => {
    const { wallet } = await splitWallet(alice);
    successOf(await alice.post(`/delete/${wallet.client_id}`));
    const mallory = server.as('mallory');
    const foreign = visiblePartsOf(await mallory.post(`/undelete/${wallet.client_id}`));
    expect(foreign).toStrictEqual(visiblePartsOf(await mallory.post(`/undelete/${NEVER_MADE}`)));
    expect(foreign.status).toBe(400);
    expect(await names(alice, '/wallets/deleted')).toEqual([wallet.client_id]);
  });

  it('is not burnt by whoever has stolen the owner’s token, whatever they call', async () => {
    const { wallet } = await splitWallet(alice);
    const thief = server.as(id);
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(
        ['delete', 'zvault/delete', 'zauth/delete', 'revoke', 'undelete', 'delete'].map((path) =>
          thief.post(`/${path}/${wallet.client_id}`),
        ),
      );
    }
    await thief.post(`/delete/${wallet.client_id}`);
    await sweep();
    successOf(await alice.post(`/undelete/${wallet.client_id}`));
    const key = successOf<WireSplitKey>(await alice.post(`/key/${wallet.client_id}`), 201);
    expect((await askToSign(server, key)).status).toBe(200);
  });

  it('is destroyed at once where there are no days of grace', async () => {
    const strict = await startTestServer({ DELETION_GRACE_DAYS: '0' });
    try {
      const owner = strict.as('alice');
      const { wallet } = await splitWallet(owner);
      successOf(await owner.post(`/delete/${wallet.client_id}`));
      expect(await strict.dataSource().query('SELECT id FROM vault_wallets')).toEqual([]);
      expect(problemOf(await owner.post(`/undelete/${wallet.client_id}`)).code).toBe('WALLET.UNKNOWN');
    } finally {
      await strict.stop();
    }
  });

  it('comes back into the owner’s quota, which it could be used to get round otherwise', async () => {
    const strict = await startTestServer({ MAX_WALLETS_PER_USER: '1' });
    try {
      const owner = strict.as('alice');
      const { wallet } = await splitWallet(owner);
      successOf(await owner.post(`/delete/${wallet.client_id}`));
      const other = successOf<WireWallet>(await owner.post('/wallet'), 201);
      expect((await owner.post(`/undelete/${wallet.client_id}`)).json).toMatchObject({ code: 'WALLET.QUOTA' });
      successOf(await owner.post(`/delete/${other.client_id}`));
      successOf(await owner.post(`/undelete/${wallet.client_id}`));
    } finally {
      await strict.stop();
    }
  });

  it('is one of many: their list has pages', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      const { client_id: clientId } = successOf<WireWallet>(await alice.post('/wallet'), 201);
      successOf(await alice.post(`/delete/${clientId}`));
      server.clock.advanceSeconds(1);
      ids.push(clientId);
    }
    const seen: string[] = [];
    for (let query: string | undefined = '?limit=2'; query !== undefined;) {
      const answer = await alice.get(`/wallets/deleted${query}`);
      seen.push(...successOf<WireWallet[]>(answer).map(({ client_id: clientId }) => clientId));
      query = /^<(\?[^>]+)>/.exec(answer.headers.get('link') ?? '')?.[1];
    }
    expect(seen).toEqual(ids);
  });
});

describe('POST /undelete/:client_id', () => {
  it('changes nothing of a live wallet', async () => {
    const { wallet, key } = await splitWallet(alice);
    successOf(await alice.post(`/undelete/${wallet.client_id}`));
    expect((await askToSign(server, key)).status).toBe(200);
  });

  it('is refused without a token', async () => {
    const ask = (client: ApiClient): ReturnType<ApiClient['post']> => client.post(`/undelete/${NEVER_MADE}`);
    expect((await refusedInBothDialects(nobody(server), ask, 401)).code).toBe('TOKEN.MISSING');
  });

  it('is refused for a client id that is malformed', async () => {
    for (const { text } of malformedHex(64).filter(({ text: one }) => one !== '')) {
      const path = `/undelete/${encodeURIComponent(text)}`;
      const problem = await refusedInBothDialects(userNamed(server, 'alice'), (client) => client.post(path));
      expect(problem).toMatchObject({ code: 'REQUEST.INVALID_FIELD', field: 'client_id' });
    }
  });
});
