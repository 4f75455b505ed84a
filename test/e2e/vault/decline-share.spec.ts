import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../../support/api-client.js';
import type { Answer, ApiClient } from '../../support/api-client.js';
import { freshUser, LISTED, nobody, refusedInBothDialects, sending, visiblePartsOf } from '../../support/dialects.js';
import type { VaultUser } from '../../support/dialects.js';
import { namesOf, pagesOf } from '../../support/paged-lists.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import type { WireSplitKey } from '../../support/wire-types.js';

let server: TestServer;
let alice: VaultUser;
let bob: VaultUser;
let clientId: string;
beforeAll(async () => {
  server = await startTestServer({ MAX_SHARES_TO_ONE_RECIPIENT: '3', MAX_SHARES_PER_SENDER: '5' });
});
afterAll(() => server.stop());
beforeEach(async () => {
  alice = freshUser(server, 'alice');
  bob = freshUser(server, 'bob');
  clientId = (await splitWallet(alice.documented)).wallet.client_id;
});

type Listed = WireSplitKey & { shared_at?: number; declined_at?: number };

const split = async (): Promise<WireSplitKey> =>
  successOf<WireSplitKey>(await alice.documented.post(`/key/${clientId}`), 201);
const share = (key: WireSplitKey, to: VaultUser, more: object = {}): Promise<Answer> =>
  alice.documented.post('/share', { public_key: key.public_key, target_user_id: to.id, ...more });
async function lent(to = bob): Promise<WireSplitKey> {
  const key = await split();
  successOf(await share(key, to));
  return key;
}
const decline = (client: ApiClient, key: WireSplitKey, more: object = {}): Promise<Answer> =>
  client.with({ 'X-Peer-Public-Key': key.public_key }).post('/share/decline', { client_id: key.client_id, ...more });
const listOf = async ({ documented }: VaultUser): Promise<Listed[]> =>
  successOf<Listed[]>(await documented.get('/wallets/shared'));
const ownersView = async ({ public_key: name }: WireSplitKey): Promise<Listed | undefined> =>
  successOf<{ keys: Listed[] }>(await alice.documented.get(`/keys/${clientId}`)).keys.find(
    ({ public_key: key }) => key === name,
  );

describe('what is lent', () => {
  it('says in the documented API whose it is and since when, and in the SDK dialect no more than ever', async () => {
    const key = await lent();
    const at = server.clock.nowSeconds();
    expect(await listOf(bob)).toStrictEqual([{ ...key, ...LISTED.documented, shared_to: bob.id, shared_at: at }]);
    expect(await ownersView(key)).toMatchObject({ shared_at: at });
    expect(successOf(await bob.sdk.get('/wallets/shared'))).toStrictEqual([{ ...key, shared_to: bob.id }]);
  });

  it('is listed in the order of lending, whatever was made first, page by page', async () => {
    const [first, second, third] = [await split(), await split(), await split()];
    for (const key of [third, first, second]) {
      server.clock.advanceSeconds(1);
      successOf(await share(key, bob));
    }
    const pages = await pagesOf(bob.documented, '/wallets/shared?limit=1');
    expect(pages.flatMap(namesOf)).toEqual([third, first, second].map(({ public_key: name }) => name));
  });

  it('keeps its place when it is lent to the same recipient again', async () => {
    const key = await lent();
    const at = server.clock.nowSeconds();
    server.clock.advanceSeconds(10);
    successOf(await share(key, bob));
    expect(await ownersView(key)).toMatchObject({ shared_at: at });
  });
});

describe.each(['documented', 'sdk'] as const)('declining in the %s dialect', (dialect) => {
  it('takes the key out of the list for good, and shows its owner that', async () => {
    const [unwanted, wanted] = [await lent(), await lent()];
    const answer = await decline(bob[dialect], unwanted);
    expect({ status: answer.status, text: answer.text }).toStrictEqual({ status: 200, text: '{}' });
    expect((await listOf(bob)).map(({ public_key: name }) => name)).toEqual([wanted.public_key]);
    expect(await ownersView(unwanted)).toMatchObject({ shared_to: bob.id, declined_at: server.clock.nowSeconds() });
    const ask = { public_key: unwanted.public_key, target_user_id: bob.id };
    expect((await refusedInBothDialects(alice, (client) => client.post('/share', ask), 409)).code).toBe(
      'SHARE.DECLINED',
    );
    // Not by way of somebody else either.
    const carol = freshUser(server, 'carol');
    successOf(await share(unwanted, carol, { replace: true }));
    expect(await ownersView(unwanted)).not.toHaveProperty('declined_at');
    expect(problemOf(await share(unwanted, bob, { replace: true }), 409).code).toBe('SHARE.DECLINED');
    expect((await listOf(bob)).map(({ public_key: name }) => name)).toEqual([wanted.public_key]);
  });

  it('is fine again, and by the server key', async () => {
    const key = await lent();
    successOf(await decline(bob[dialect], { ...key, public_key: key.peer_public_key }));
    const at = server.clock.nowSeconds();
    server.clock.advanceSeconds(5);
    successOf(await decline(bob[dialect], key));
    expect(await ownersView(key)).toMatchObject({ declined_at: at });
  });

  it('takes everything of an owner, also what is still to come, and nothing of another', async () => {
    const [first] = [await lent(), await lent()];
    const other = freshUser(server, 'anna');
    const { key: fromAnna } = await splitWallet(other.documented);
    const ask = { public_key: fromAnna.public_key, target_user_id: bob.id };
    successOf(await other.documented.post('/share', ask));
    successOf(await decline(bob[dialect], first, { all_of_owner: true }));
    expect((await listOf(bob)).map(({ public_key: name }) => name)).toEqual([fromAnna.public_key]);
    expect(problemOf(await share(await split(), bob), 409).code).toBe('SHARE.DECLINED');
    const { facts } = (await server.audit()).filter(({ action }) => action === 'decline-share').at(-1) ?? {};
    expect(JSON.parse(facts ?? '')).toEqual({ declined: 'all', owner: alice.id });
  });

  it('is for the recipient alone: to others the key does not exist', async () => {
    const key = await lent();
    const mallory = freshUser(server, 'mallory');
    for (const caller of [alice, mallory]) {
      const told = visiblePartsOf(await decline(caller[dialect], key));
      expect(told).toStrictEqual(visiblePartsOf(await decline(caller[dialect], { ...key, client_id: '7'.repeat(64) })));
      expect(told.status).toBe(400);
    }
    expect(await listOf(bob)).toHaveLength(1);
  });
});

describe('POST /share/decline refuses', () => {
  it.each([
    ['client_id', { client_id: 'x' }],
    ['client_id', { client_id: null }],
    ['all_of_owner', { client_id: '7'.repeat(64), all_of_owner: 'yes' }],
  ])('a malformed %s', async (field, body) => {
    const caller = sending(bob, { 'X-Peer-Public-Key': 'ab'.repeat(64) });
    const problem = await refusedInBothDialects(caller, (client) => client.post('/share/decline', body));
    expect(problem).toMatchObject({ code: 'REQUEST.INVALID_FIELD', field });
  });

  it('a caller without a token, and one who names no key', async () => {
    const ask = (client: ApiClient): Promise<Answer> => client.post('/share/decline', { client_id: '7'.repeat(64) });
    expect((await refusedInBothDialects(nobody(server), ask, 401)).code).toBe('TOKEN.MISSING');
    expect((await refusedInBothDialects(bob, ask)).code).toBe('REQUEST.MISSING_HEADER');
  });
});

describe('a sender', () => {
  it('lends no more live keys to one recipient than they may, and revoking makes room', async () => {
    const [first] = [await lent(), await lent(), await lent()];
    const next = await split();
    const ask = { public_key: next.public_key, target_user_id: bob.id };
    expect((await refusedInBothDialects(alice, (client) => client.post('/share', ask), 409)).code).toBe(
      'SHARE.TOO_MANY',
    );
    // What is there is not touched, and another recipient is another matter.
    expect(await listOf(bob)).toHaveLength(3);
    successOf(await share(first, bob));
    successOf(await share(await split(), freshUser(server, 'carol')));
    successOf(await alice.documented.post(`/revoke/${clientId}`, { public_key: first.public_key }));
    successOf(await share(next, bob));
  });

  it('lends no more in all than they may; what others lend to the same recipients is their own affair', async () => {
    for (let n = 0; n < 5; n += 1) await lent(freshUser(server, 'somebody'));
    expect(problemOf(await share(await split(), bob), 409).code).toBe('SHARE.TOO_MANY');
    const { key } = await splitWallet(freshUser(server, 'anna').documented);
    const ask = { public_key: key.public_key, target_user_id: bob.id };
    successOf(await server.as(key.user_id).post('/share', ask));
    expect(await listOf(bob)).toHaveLength(1);
  });
});
