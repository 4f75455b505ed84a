import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import type { ApiClient } from '../../support/api-client.js';
import { freshUser } from '../../support/dialects.js';
import type { VaultUser } from '../../support/dialects.js';
import { foreignSplitKey } from '../../support/foreign-split-key.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import type { WireSplitKey } from '../../support/wire-types.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

type Listed = WireSplitKey & { readonly frozen?: boolean; readonly frozen_at?: number };

const LISTS: readonly [string, (lists: Lists) => readonly [ApiClient, string]][] = [
  ['GET /keys/:client_id', ({ owner, clientId }) => [owner.documented, `/keys/${clientId}`]],
  ['GET /wallets', ({ owner }) => [owner.documented, '/wallets']],
  ['GET /wallets/shared', ({ recipient }) => [recipient.documented, '/wallets/shared']],
];

interface Lists {
  readonly owner: VaultUser;
  readonly recipient: VaultUser;
  readonly clientId: string;
  /** Not of the frozen wallet, in the same lists but for that of the wallet's keys. */
  readonly other: string;
  readonly userShare: string;
}

async function lists(): Promise<Lists> {
  const [owner, recipient] = [freshUser(server, 'alice'), freshUser(server, 'bob')];
  const lent = async (): ReturnType<typeof splitWallet> => {
    // All these lists are in the order of time.
    server.clock.advanceSeconds(1);
    const made = await splitWallet(owner.documented);
    const share = { public_key: made.key.public_key, target_user_id: recipient.id };
    successOf(await owner.documented.post('/share', share));
    return made;
  };
  const [first, second] = [await lent(), await lent()];
  const { client_id: clientId } = first.wallet;
  return { owner, recipient, clientId, other: second.wallet.client_id, userShare: first.key.private_key };
}

async function entriesOf(client: ApiClient, path: string): Promise<readonly Listed[]> {
  const answer = successOf<Listed[] | { keys: Listed[] }>(await client.get(path));
  return Array.isArray(answer) ? answer : answer.keys;
}

describe.each(LISTS)('%s', (name, listOf) => {
  it('says in the documented API which wallets are frozen, and since when', async () => {
    const all = await lists();
    const [client, path] = listOf(all);
    const said = async (): Promise<unknown> =>
      (await entriesOf(client, path)).map((entry) => [entry.client_id, entry.frozen, entry.frozen_at]);
    const others = name.startsWith('GET /keys') ? [] : [[all.other, false, undefined]];
    expect(await said()).toEqual([[all.clientId, false, undefined], ...others]);
    const since = server.clock.nowSeconds();
    successOf(await all.owner.documented.post(`/freeze/${all.clientId}`));
    server.clock.advanceSeconds(3);
    expect(await said()).toEqual([[all.clientId, true, since], ...others]);
    successOf(await all.owner.documented.post(`/thaw/${all.clientId}`));
    expect(await said()).toEqual([[all.clientId, false, undefined], ...others]);
  });

  it('says nothing new in the SDK dialect, whose clients know no more fields', async () => {
    const all = await lists();
    const [, path] = listOf(all);
    const client = (name.endsWith('shared') ? all.recipient : all.owner).sdk;
    const before = await entriesOf(client, path);
    successOf(await all.owner.sdk.post(`/freeze/${all.clientId}`));
    expect(await entriesOf(client, path)).toStrictEqual(before);
    expect(before[0]).not.toHaveProperty('frozen');
  });
});

describe('lists of a frozen wallet', () => {
  it('show user shares as ever: alone they sign nothing', async () => {
    const { owner, recipient, clientId, userShare } = await lists();
    successOf(await owner.documented.post(`/freeze/${clientId}`));
    expect((await entriesOf(owner.documented, `/keys/${clientId}`))[0]?.private_key).toBe(userShare);
    expect((await entriesOf(recipient.documented, '/wallets/shared'))[0]?.private_key).toBe(userShare);
  });

  it('are of their owner’s freeze, not of another’s who has stored the same key', async () => {
    const [alice, bob, carol] = ['alice', 'bob', 'carol'].map((one) => freshUser(server, one));
    if (alice === undefined || bob === undefined || carol === undefined) throw new Error('somebody is missing');
    const { masterKey, clientId } = await foreignSplitKey();
    for (const { documented } of [alice, bob]) {
      successOf(await documented.post('/store', { private_key: masterKey }), 201);
      const key = successOf<WireSplitKey>(await documented.post(`/key/${clientId}`), 201);
      successOf(await documented.post('/share', { public_key: key.public_key, target_user_id: carol.id }));
    }
    successOf(await alice.documented.post(`/freeze/${clientId}`));
    expect(await entriesOf(bob.documented, '/wallets')).toMatchObject([{ frozen: false }]);
    const lent = await entriesOf(carol.documented, '/wallets/shared');
    const frozen = new Map(lent.map((entry) => [entry.user_id, entry.frozen]));
    expect(frozen).toEqual(
      new Map([
        [alice.id, true],
        [bob.id, false],
      ]),
    );
  });

  it('show a wallet that was deleted and stored again as frozen', async () => {
    const { documented } = freshUser(server, 'alice');
    const { masterKey, clientId } = await foreignSplitKey();
    successOf(await documented.post('/store', { private_key: masterKey }), 201);
    successOf(await documented.post(`/freeze/${clientId}`));
    successOf(await documented.post(`/delete/${clientId}`));
    successOf(await documented.post('/store', { private_key: masterKey }), 201);
    expect(await entriesOf(documented, '/wallets')).toMatchObject([{ client_id: clientId, frozen: true }]);
  });
});
