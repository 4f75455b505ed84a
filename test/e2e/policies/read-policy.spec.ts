import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asWritten } from '../../support/as-written.js';
import { problemOf, successOf } from '../../support/api-client.js';
import type { ApiClient } from '../../support/api-client.js';
import { freshUser, visiblePartsOf } from '../../support/dialects.js';
import type { VaultUser } from '../../support/dialects.js';
import { foreignSplitKey, setUp, setUpBody } from '../../support/foreign-split-key.js';
import { keyOwner, naming, putPolicy, readPolicy } from '../../support/policies.js';
import type { KeyOwner, WirePolicy } from '../../support/policies.js';
import { serverShareOf } from '../../support/server-share.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import type { WireSplitKey } from '../../support/wire-types.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const EVERYTHING = {
  tokens_today: null,
  tokens_30_days: null,
  tokens_until_end: null,
  ends_at: null,
  addresses: null,
  calls: null,
  messages_can_be_transactions: true,
};
const LIMITED = {
  operations: ['transfer'],
  max_value: '10',
  limits: [{ kind: 'rolling', window_seconds: 86_400, max_value: '25', max_count: 4 }],
  messages: 'none',
};

describe('GET /policy', () => {
  it('shows what nobody has said anything about as a policy that limits nothing', async () => {
    const owner = await keyOwner(server);
    const answer = await owner.client.get(owner.path);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(successOf(answer)).toStrictEqual({
      revision: 1,
      policy: {},
      hash: createHash('sha256').update('{}').digest('hex'),
      note: null,
      created_at: owner.key.created_at,
      created_by: owner.user.id,
      limits: [],
      exposure: {
        ...EVERYTHING,
        summary: 'everything: it signs any message, and a message can be the hash of any transaction',
      },
    });
  });

  it('says of a split key that is revoked that it can do nothing, whatever its policy', async () => {
    const owner = await keyOwner(server);
    successOf(await owner.client.post(`/revoke/${owner.key.client_id}`, { public_key: owner.key.public_key }));
    const { policy, exposure } = await readPolicy(owner);
    expect(policy).toStrictEqual({});
    expect(exposure).toMatchObject({ tokens_today: '0', tokens_until_end: '0', messages_can_be_transactions: false });
  });

  it('shows a list as the operations of a policy, and the end as its end', async () => {
    const end = server.clock.nowSeconds() + 1000;
    const owner = await keyOwner(server, { restrictions: ['token_transfers'], expires_at: end });
    expect((await readPolicy(owner)).policy).toStrictEqual({ operations: ['token_transfers'], expires_at: end });
  });

  it('shows limits with what is left of them, and the most that is possible', async () => {
    const owner = await keyOwner(server);
    successOf(await putPolicy(owner, LIMITED));
    const { limits, exposure } = await readPolicy(owner);
    expect(limits).toStrictEqual([
      {
        kind: 'rolling',
        window_seconds: 86_400,
        of: 'transactions',
        max_value: '25',
        used_value: '0',
        left_value: '25',
        max_count: 4,
        used_count: 0,
        left_count: 4,
        next_free_at: null,
      },
    ]);
    expect(exposure).toMatchObject({ tokens_today: '25', tokens_30_days: '750', calls: ['transfer'] });
  });

  it('finds the split key by either share’s key, and one that was set up elsewhere too', async () => {
    const owner = await keyOwner(server);
    const byUserKey = owner.user.documented.with({ 'X-Peer-Public-Key': owner.key.public_key });
    expect(successOf(await byUserKey.get(owner.path))).toStrictEqual(await readPolicy(owner));
    const foreign = await foreignSplitKey();
    const user = freshUser(server, 'setter-up');
    successOf(await setUp(server.as(user.id, `${server.url}/zauth`), foreign));
    const client = user.documented.with({ 'X-Peer-Public-Key': foreign.serverPublicKey });
    expect(successOf(await client.get(`/policy/${foreign.clientId}`))).toMatchObject({ revision: 1 });
  });

  it('is recorded with the revision that was shown', async () => {
    const owner = await keyOwner(server);
    await readPolicy(owner);
    const [entry] = (await server.audit()).slice(-1);
    expect(entry).toMatchObject({ action: 'read-policy', outcome: 'approved', publicKey: owner.key.public_key });
    expect(entry?.facts).toBe('{"policy_revision":1}');
  });

  it('says that a policy cannot be read, and PUT mends it', async () => {
    const owner = await keyOwner(server);
    const damaged = `'{"policy":{"max_value":7,"expires_at":9000000000}}'`;
    const where = `WHERE client_id = '${owner.key.client_id}'`;
    for (const table of ['auth_server_shares', 'vault_split_keys']) {
      await server.dataSource().query(`UPDATE ${table} SET terms = ${damaged} ${where}`);
      await asWritten(server, table);
    }
    await server.dataSource().query(`UPDATE auth_policies SET policy = '{"max_value":7}' ${where}`);
    expect(problemOf(await owner.client.get(owner.path), 500).code).toBe('POLICY.UNREADABLE');
    const [newest] = successOf<{ revision: number; policy: unknown; hash: unknown }[]>(
      await owner.client.get(`${owner.path}/revisions`),
    );
    expect(newest).toMatchObject({ revision: 1, policy: null, hash: null });
    const mended = successOf<WirePolicy>(await putPolicy(owner, { operations: ['transfer'] }));
    expect(mended).toMatchObject({ revision: 2, policy: { operations: ['transfer'], expires_at: 9_000_000_000 } });
    expect(mended.raises).toContain('it can also make: transfer');
    const [entry] = (await server.audit()).slice(-1);
    expect(JSON.parse(entry?.facts ?? '')).toMatchObject({ policy: { before: null, after: mended.hash } });
    expect(successOf(await owner.client.get('/restrictions'))).toStrictEqual([]);
  });
});

const sharesOf = (key: WireSplitKey): Record<'userShare' | 'userPublicKey' | 'serverPublicKey', string> => ({
  userShare: key.private_key,
  userPublicKey: key.public_key,
  serverPublicKey: key.peer_public_key,
});

describe('whoever is not the owner', () => {
  const readAs = (reader: VaultUser, { key, path }: KeyOwner): ReturnType<ApiClient['get']> =>
    naming(reader.documented, key).get(path);
  const share = async ({ user, key }: KeyOwner, to: VaultUser): Promise<unknown> =>
    successOf(
      await user.documented.post('/share', { public_key: key.public_key, target_user_id: to.id, replace: true }),
    );
  const expectUnknown = async (reader: VaultUser, owner: KeyOwner): Promise<void> => {
    const other = await keyOwner(server);
    const nobodys = { ...owner, key: { ...owner.key, peer_public_key: other.key.public_key } };
    const answer = await readAs(reader, owner);
    expect(problemOf(answer).code).toBe('SPLIT_KEY.UNKNOWN');
    expect(visiblePartsOf(answer)).toEqual(visiblePartsOf(await readAs(reader, nobodys)));
  };

  it('reads it while the split key is lent to them, without note and author, and not before or after', async () => {
    const [bob, carol] = [freshUser(server, 'bob'), freshUser(server, 'carol')];
    const owner = await keyOwner(server);
    successOf(await putPolicy(owner, LIMITED, 1, { note: 'for bob' }));
    await expectUnknown(bob, owner);
    await share(owner, bob);
    const { note, created_by: author, ...shown } = await readPolicy(owner);
    expect([note, author]).toEqual(['for bob', owner.user.id]);
    const answer = await readAs(bob, owner);
    expect(successOf(answer)).toStrictEqual(shown);
    expect(answer.headers.get('etag')).toBe('"2"');
    await share(owner, carol);
    await expectUnknown(bob, owner);
    expect((await readAs(carol, owner)).status).toBe(200);
  });

  it.each([
    ['this one', {}],
    ['all of its owner’s', { all_of_owner: true }],
  ])('reads it no more when they have declined %s', async (_what, more) => {
    const bob = freshUser(server, 'bob');
    const owner = await keyOwner(server);
    await share(owner, bob);
    const declining = naming(bob.documented, owner.key);
    successOf(await declining.post('/share/decline', { client_id: owner.key.client_id, ...more }));
    await expectUnknown(bob, owner);
  });

  it('reads it still when the server share, which was lost, is set up afresh', async () => {
    const [alice, bob] = [freshUser(server, 'alice'), freshUser(server, 'bob')];
    const { masterKey, clientId, clientKey } = await foreignSplitKey();
    successOf(await alice.documented.post('/store', { private_key: masterKey }), 201);
    const key = successOf<WireSplitKey>(await alice.documented.post(`/key/${clientId}`), 201);
    const owner = { user: alice, client: naming(alice.documented, key), key, path: `/policy/${clientId}` };
    await share(owner, bob);
    await server.dataSource().query(`DELETE FROM auth_server_shares WHERE client_id = '${clientId}'`);
    await expectUnknown(bob, owner);
    const serverShare = serverShareOf(masterKey, key.private_key);
    const body = setUpBody({ clientId, clientKey, masterKey, serverShare, ...sharesOf(key) });
    successOf(await server.as(alice.id, `${server.url}/zauth`).post('/setup', body));
    expect(successOf(await readAs(bob, owner))).toMatchObject({ revision: 2 });
  });

  it('neither replaces the policy nor sees its revisions', async () => {
    const bob = freshUser(server, 'bob');
    const owner = await keyOwner(server);
    await share(owner, bob);
    const asBob = { ...owner, client: naming(bob.documented, owner.key) };
    expect(problemOf(await putPolicy(asBob, {})).code).toBe('SPLIT_KEY.UNKNOWN');
    expect(problemOf(await asBob.client.get(`${owner.path}/revisions`)).code).toBe('SPLIT_KEY.UNKNOWN');
  });
});
