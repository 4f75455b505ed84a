import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../../support/api-client.js';
import type { Answer } from '../../support/api-client.js';
import { keyOwner, putPolicy, readPolicy } from '../../support/policies.js';
import type { KeyOwner, WirePolicy } from '../../support/policies.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { bodyOf, hashOf, transfer } from '../../support/transactions.js';
import { walletClient } from '../../support/wallet-client.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ MAX_SPLIT_KEYS_PER_WALLET: '2' });
});
afterAll(() => server.stop());

const PAUSED = { operations: [], messages: 'none' };

async function signTransfer({ key }: KeyOwner, value: string): Promise<Answer> {
  const transaction = transfer(key, value);
  const signature = (await walletClient()).sign(key.private_key, hashOf(transaction));
  return server
    .anonymous()
    .with({ 'X-Peer-Public-Key': key.public_key })
    .post('/sign/txn', bodyOf(transaction, signature));
}

describe('PUT /policy', () => {
  it('answers as GET does from then on, and decides the next signature', async () => {
    const owner = await keyOwner(server);
    expect((await signTransfer(owner, '7')).status).toBe(200);
    const answer = await putPolicy(owner, { operations: ['transfer'], max_value: '6' }, 1, { note: 'less' });
    const { raises, ...shown } = successOf<WirePolicy>(answer);
    expect([answer.headers.get('etag'), raises]).toEqual(['"2"', []]);
    expect(shown).toStrictEqual(await readPolicy(owner));
    expect(shown).toMatchObject({ revision: 2, note: 'less', created_by: owner.user.id });
    expect((await signTransfer(owner, '7')).json).toMatchObject({ code: 'SIGNING.NOT_ALLOWED', rule: 'max_value' });
    expect((await signTransfer(owner, '6')).status).toBe(200);
  });

  it('says in words what it raises', async () => {
    const owner = await keyOwner(server);
    successOf(await putPolicy(owner, PAUSED));
    const limits = [{ kind: 'total', max_value: '10000000000' }];
    const raised = successOf<WirePolicy>(
      await putPolicy(owner, { operations: ['transfer'], limits, messages: 'none' }, 2),
    );
    expect(raised.raises).toEqual([
      'it can move 1 ZCN in 24 hours instead of 0 ZCN',
      'it can move 1 ZCN in 30 days instead of 0 ZCN',
      'it can move 1 ZCN until it ends instead of 0 ZCN',
      'it can send to any address instead of 0 addresses',
      'it can also make: transfer',
    ]);
    expect(successOf<WirePolicy>(await putPolicy(owner, PAUSED, 3)).raises).toEqual([]);
  });

  it('changes both halves: ZVault shows the groups that it allows whole, and the end', async () => {
    const owner = await keyOwner(server);
    const end = server.clock.nowSeconds() + 500;
    const operations = ['data', 'transfer', 'faucet:pour', 'storage:cancel_allocation'];
    successOf(await putPolicy(owner, { operations, expires_at: end }));
    expect(successOf(await owner.client.get('/restrictions'))).toStrictEqual(['token_transfers', 'data_storage']);
    const { keys } = successOf<{ keys: { expires_at: number }[] }>(
      await owner.client.get(`/keys/${owner.key.client_id}`),
    );
    expect(keys.map(({ expires_at: shown }) => shown)).toEqual([end]);
  });

  it('keeps the end that it does not name, and takes it away for 0', async () => {
    const end = server.clock.nowSeconds() + 500;
    const owner = await keyOwner(server, { expires_at: end });
    const kept = successOf<WirePolicy>(await putPolicy(owner, { max_value: '5' }));
    expect(kept.policy).toStrictEqual({ max_value: '5', expires_at: end });
    const removed = successOf<WirePolicy>(await putPolicy(owner, { max_value: '5', expires_at: 0 }, 2));
    expect(removed.policy).toStrictEqual({ max_value: '5' });
    expect(removed.raises).toEqual([expect.stringMatching(/^it ends at no time instead of at /)]);
  });

  it('refuses a beginning that lies behind the end it keeps', async () => {
    const end = server.clock.nowSeconds() + 500;
    const owner = await keyOwner(server, { expires_at: end });
    expect(problemOf(await putPolicy(owner, { not_before: end }))).toMatchObject({
      code: 'REQUEST.INVALID_FIELD',
      field: 'policy.expires_at',
    });
  });

  it('is no other revision when it says the same, unless there is something to note', async () => {
    const owner = await keyOwner(server, { restrictions: ['token_transfers', 'data_storage'] });
    const same = { operations: ['data_storage', 'token_transfers'] };
    expect(successOf(await putPolicy(owner, same))).toMatchObject({ revision: 1 });
    expect(successOf(await putPolicy(owner, same, 1, { note: 'checked' }))).toMatchObject({ revision: 2 });
    expect(successOf(await putPolicy(owner, same, 2, { note: '' }))).toMatchObject({ revision: 2, note: 'checked' });
  });

  it('is recorded with the hashes, the revision and the ends', async () => {
    const owner = await keyOwner(server);
    const before = await readPolicy(owner);
    const after = successOf<WirePolicy>(await putPolicy(owner, PAUSED));
    const [entry] = (await server.audit()).slice(-1);
    expect(entry).toMatchObject({
      action: 'replace-policy',
      outcome: 'approved',
      actorId: owner.user.id,
      clientId: owner.key.client_id,
      publicKey: owner.key.public_key,
    });
    expect(JSON.parse(entry?.facts ?? '')).toEqual({
      policy: { before: before.hash, after: after.hash },
      policy_revision: 2,
      expires_at: { before: 0, after: 0 },
    });
  });

  it('does not exist in the SDK dialect', async () => {
    const owner = await keyOwner(server);
    for (const service of ['zvault', 'zauth']) {
      const client = owner.client.with({ 'If-Match': '"1"' });
      expect((await client.put(`/${service}${owner.path}`, { policy: {} })).status).toBe(404);
      expect((await client.get(`/${service}${owner.path}`)).status).toBe(404);
    }
  });
});

describe('a split key that has ended', () => {
  it('gets no other policy when it is revoked', async () => {
    const owner = await keyOwner(server);
    successOf(await owner.client.post(`/revoke/${owner.key.client_id}`, { public_key: owner.key.public_key }));
    expect(problemOf(await putPolicy(owner, PAUSED)).code).toBe('SPLIT_KEY.REVOKED');
    expect(await readPolicy(owner)).toMatchObject({ revision: 1 });
  });

  it('can be given a later end, but not when its share is gone, nor beyond what a wallet may have', async () => {
    const owner = await keyOwner(server, { expires_at: server.clock.nowSeconds() + 10 });
    server.clock.advanceSeconds(20);
    expect((await signTransfer(owner, '1')).status).toBe(400);
    // What is over stays so.
    expect(successOf(await putPolicy(owner, { max_value: '3' }))).toMatchObject({ revision: 2 });
    const past = { expires_at: server.clock.nowSeconds() - 1 };
    expect(problemOf(await putPolicy(owner, past, 2))).toMatchObject({ field: 'policy.expires_at' });
    const later = { expires_at: server.clock.nowSeconds() + 100 };
    const more = [1, 2].map(() => owner.user.documented.post(`/key/${owner.key.client_id}`));
    const others = (await Promise.all(more)).map((answer) => successOf<KeyOwner['key']>(answer, 201));
    expect(problemOf(await putPolicy(owner, later, 2), 409).code).toBe('SPLIT_KEY.QUOTA');
    const [other] = others;
    successOf(await owner.client.post(`/revoke/${owner.key.client_id}`, { public_key: other?.public_key }));
    successOf(await putPolicy(owner, later, 2));
    expect((await signTransfer(owner, '1')).status).toBe(200);
    await server
      .dataSource()
      .query(
        `UPDATE auth_server_shares SET sealed_server_share = x'' WHERE user_public_key = '${owner.key.public_key}'`,
      );
    expect(problemOf(await putPolicy(owner, { expires_at: 0 }, 3)).code).toBe('SPLIT_KEY.EXPIRED');
  });
});
