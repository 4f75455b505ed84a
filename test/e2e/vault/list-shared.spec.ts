import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import type { ApiClient, Answer } from '../../support/api-client.js';
import {
  freshUser,
  LISTED,
  nobody,
  refusedInBothDialects,
  sending,
  VAULT_DIALECTS,
  visiblePartsOf,
} from '../../support/dialects.js';
import type { VaultUser } from '../../support/dialects.js';
import { askToSign } from '../../support/message-signing.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import type { WireSplitKey } from '../../support/wire-types.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

async function lentKey(): Promise<{ owner: VaultUser; bob: VaultUser; key: WireSplitKey }> {
  const [owner, bob] = [freshUser(server, 'alice'), freshUser(server, 'bob')];
  const { key } = await splitWallet(owner.documented);
  await owner.documented.post('/share', { public_key: key.public_key, target_user_id: bob.id });
  return { owner, bob, key };
}

describe.each(VAULT_DIALECTS)('GET /wallets/shared in the $dialect dialect', ({ dialect }) => {
  it('is an empty array for a caller to whom nothing is lent', async () => {
    const answer = await freshUser(server, 'bob')[dialect].get('/wallets/shared');
    expect({ status: answer.status, text: answer.text }).toStrictEqual({ status: 200, text: '[]' });
  });

  it('shows the recipient the split key with its user share, as its owner made it', async () => {
    const { bob, key } = await lentKey();
    // When it was shared the documented API alone says.
    const since = dialect === 'documented' ? { shared_at: server.clock.nowSeconds() } : {};
    expect(successOf(await bob[dialect].get('/wallets/shared'))).toStrictEqual([
      { ...key, ...LISTED[dialect], shared_to: bob.id, ...since },
    ]);
  });

  it('shows the keys of several owners, oldest first, and nobody else’s', async () => {
    const bob = freshUser(server, 'bob');
    const lent: string[] = [];
    for (const name of ['alice', 'anna', 'adam']) {
      const { key } = await splitWallet(freshUser(server, name).documented);
      await server.as(key.user_id).post('/share', { public_key: key.public_key, target_user_id: bob.id });
      lent.push(key.public_key);
      server.clock.advanceSeconds(1);
    }
    await lentKey();
    const listed = successOf<WireSplitKey[]>(await bob[dialect].get('/wallets/shared'));
    expect(listed.map((entry) => entry.public_key)).toStrictEqual(lent);
  });

  it('gives the owner nothing for what they lent', async () => {
    const { owner } = await lentKey();
    expect(successOf(await owner[dialect].get('/wallets/shared'))).toStrictEqual([]);
  });

  it('marks a key that the owner revoked, which signs no more', async () => {
    const { owner, bob, key } = await lentKey();
    await owner.documented.post(`/revoke/${key.client_id}`, { public_key: key.public_key });
    expect(successOf(await bob[dialect].get('/wallets/shared'))).toMatchObject([{ is_revoked: true }]);
    expect((await askToSign(server, key)).json).toMatchObject({ code: 'SPLIT_KEY.REVOKED' });
  });

  it('forgets a key whose wallet the owner deleted', async () => {
    const { owner, bob, key } = await lentKey();
    await owner.documented.post(`/delete/${key.client_id}`);
    expect(successOf(await bob[dialect].get('/wallets/shared'))).toStrictEqual([]);
  });
});

describe('the recipient of a split key', () => {
  const REST: readonly [string, (client: ApiClient, key: WireSplitKey) => Promise<Answer>][] = [
    ['split the wallet', (client, key) => client.post(`/key/${key.client_id}`)],
    ['list its split keys', (client, key) => client.get(`/keys/${key.client_id}`)],
    ['revoke it', (client, key) => client.post(`/revoke/${key.client_id}`, { public_key: key.public_key })],
    ['read its restrictions', (client) => client.get('/restrictions')],
    ['restrict it', (client, key) => client.put(`/restrictions/${key.client_id}`, { restrictions: ['*'] })],
    ['delete the wallet', (client, key) => client.post(`/delete/${key.client_id}`)],
    ['lend it on', (client, key) => client.post('/share', { public_key: key.public_key, target_user_id: 'eve' })],
  ];

  it.each(REST)('cannot %s: they hear what any stranger hears', async (_, call) => {
    const { owner, bob, key } = await lentKey();
    const stranger = freshUser(server, 'mallory');
    const before = await owner.documented.get(`/keys/${key.client_id}`);
    for (const { dialect } of VAULT_DIALECTS) {
      const [asBob, asStranger] = [bob, stranger].map((user) =>
        sending(user, { 'X-Peer-Public-Key': key.peer_public_key }),
      );
      if (asBob === undefined || asStranger === undefined) throw new Error('two users were asked for');
      const heard = visiblePartsOf(await call(asBob[dialect], key));
      expect(heard).toStrictEqual(visiblePartsOf(await call(asStranger[dialect], key)));
      expect([400, 200]).toContain(heard.status);
      if (heard.status === 200) expect(heard.text).toBe('{"keys":[]}');
    }
    expect((await owner.documented.get(`/keys/${key.client_id}`)).text).toBe(before.text);
  });
});

describe('GET /wallets/shared', () => {
  it('refuses a caller without a token', async () => {
    const problem = await refusedInBothDialects(nobody(server), (client) => client.get('/wallets/shared'), 401);
    expect(problem.code).toBe('TOKEN.MISSING');
  });
});
