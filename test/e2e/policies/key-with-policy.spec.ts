import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../../support/api-client.js';
import type { Answer } from '../../support/api-client.js';
import { freshUser, refusedInBothDialects } from '../../support/dialects.js';
import type { VaultUser } from '../../support/dialects.js';
import { naming, readPolicy } from '../../support/policies.js';
import type { KeyOwner, WirePolicy } from '../../support/policies.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { bodyOf, hashOf, transfer } from '../../support/transactions.js';
import { walletClient } from '../../support/wallet-client.js';
import type { WireSplitKey, WireWallet } from '../../support/wire-types.js';

const TTL = 1000;

let server: TestServer;
let owner: VaultUser;
let path: string;
beforeAll(async () => {
  server = await startTestServer({ KEY_TTL_SECONDS: String(TTL) });
  owner = freshUser(server, 'alice');
  path = `/key/${successOf<WireWallet>(await owner.documented.post('/wallet'), 201).client_id}`;
});
afterAll(() => server.stop());

type Made = WireSplitKey & WirePolicy;
const CARD = {
  operations: ['transfer'],
  limits: [{ kind: 'total', max_value: '100' }],
  expires_at: 0,
  messages: 'none',
};
const make = async (body: object): Promise<Made> => successOf<Made>(await owner.documented.post(path, body), 201);
const ownerOf = (key: WireSplitKey): KeyOwner => ({
  user: owner,
  key,
  client: naming(owner.documented, key),
  path: `/policy/${key.client_id}`,
});

async function pay(key: WireSplitKey, value: string): Promise<Answer> {
  const transaction = transfer(key, value);
  const signature = (await walletClient()).sign(key.private_key, hashOf(transaction));
  const holder = server.anonymous().with({ 'X-Peer-Public-Key': key.public_key });
  return holder.post('/sign/txn', bodyOf(transaction, signature));
}

describe('POST /key with a policy', () => {
  it('makes a key that signs by it, and says what it comes to', async () => {
    const made = await make({ policy: CARD });
    const { revision, policy, hash, exposure } = await readPolicy(ownerOf(made));
    expect(made).toMatchObject({ revision, policy, hash, exposure, expires_at: 0 });
    expect(revision).toBe(1);
    expect(policy).toStrictEqual({ operations: ['transfer'], limits: CARD.limits, messages: 'none' });
    expect((await pay(made, '101')).status).toBe(400);
    expect((await pay(made, '100')).status).toBe(200);
    expect((await readPolicy(ownerOf(made))).limits).toMatchObject([{ used_value: '100', left_value: '0' }]);
  });

  it('is taken in the SDK dialect too, which shows and adds nothing', async () => {
    const key = successOf<WireSplitKey>(await owner.sdk.post(path, { policy: CARD, more: 'ignored' }));
    expect(Object.keys(key).filter((name) => /policy|revision|hash|exposure/.test(name))).toEqual([]);
    expect((await readPolicy(ownerOf(key))).policy).toMatchObject({ operations: ['transfer'], messages: 'none' });
    const legacy = `/generate/${key.client_id}`;
    expect((await owner.sdk.post(legacy, { policy: CARD, restrictions: [] })).status).toBe(400);
    const third = successOf<WireSplitKey>(await owner.sdk.post(legacy, { policy: CARD }));
    expect((await pay(third, '101')).status).toBe(400);
  });

  it('ends as KEY_TTL_SECONDS says when it does not say when', async () => {
    const made = await make({ policy: { operations: ['transfer'] } });
    expect(made.expires_at).toBe(made.created_at + TTL);
    expect(made.policy).toStrictEqual({ operations: ['transfer'], expires_at: made.expires_at });
  });

  it('stands beside a list and an end that say the same', async () => {
    const policy = { operations: ['data_storage', 'token_transfers'], expires_at: server.clock.nowSeconds() + 60 };
    const made = await make({
      policy,
      restrictions: ['token_transfers', 'data_storage'],
      expires_at: policy.expires_at,
    });
    expect(made.policy).toStrictEqual(policy);
    expect(await make({ policy: {}, restrictions: ['*'] })).toMatchObject({ revision: 1 });
    expect(await make({ policy: CARD, restrictions: null, expires_at: null })).toMatchObject({ revision: 1 });
    expect(await make({ policy: null })).not.toHaveProperty('revision');
  });

  it.each([
    ['restrictions', { policy: { operations: ['token_transfers'] }, restrictions: ['data_storage'] }],
    ['restrictions', { policy: { operations: ['token_transfers'] }, restrictions: ['*'] }],
    ['restrictions', { policy: {}, restrictions: [] }],
    ['expires_at', { policy: { expires_at: 4_000_000_000 }, expires_at: 4_000_000_001 }],
    ['expires_at', { policy: { expires_at: 4_000_000_000 }, expires_at: 0 }],
    ['expires_at', { policy: {}, expires_at: 4_000_000_000 }],
    ['policy.expires_at', { policy: { expires_at: 5 } }],
    ['policy.expires_at', { policy: { not_before: 4_000_000_000 } }],
    ['policy.allow', { policy: { allow: [] } }],
    ['policy.recipients', { policy: { operations: ['storage_rewards'], recipients: ['0'.repeat(64)] } }],
    ['policy', { policy: 'all' }],
    ['policy', { policy: [] }],
  ])('is refused, naming %s: %j', async (field, body) => {
    const problem = await refusedInBothDialects(owner, (client) => client.post(path, body));
    expect(problem).toMatchObject({ code: 'REQUEST.INVALID_FIELD', field });
  });

  it('makes one key, however often the call is repeated, and answers as it did', async () => {
    const client = owner.documented.with({ 'Idempotency-Key': 'a-card' });
    const first = await client.post(path, { policy: CARD });
    const made = successOf<Made>(first, 201);
    const again = await client.post(path, { policy: CARD });
    expect([again.headers.get('idempotency-replayed'), again.text]).toEqual(['true', first.text]);
    expect(await readPolicy(ownerOf(made))).toMatchObject({ revision: 1, hash: made.hash });
    const other = { policy: { ...CARD, messages: 'typed' } };
    expect(problemOf(await client.post(path, other), 422).code).toBe('IDEMPOTENCY.KEY_REUSED');
  });

  it('holds 1,000 recipients, and is recorded by its hash', async () => {
    const recipients = Array.from({ length: 1000 }, (_, index) => String(index).padStart(64, '0'));
    const made = await make({ policy: { recipients, messages: 'none' } });
    expect(made.exposure).toMatchObject({ addresses: 1000 });
    const [entry] = (await server.audit()).slice(-1);
    expect(JSON.parse(entry?.facts ?? '')).toMatchObject({ policy: { before: null, after: made.hash } });
  });
});

describe('PUT /restrictions on a policy that says more than a list', () => {
  it.each(['documented', 'sdk'] as const)('replaces the operations alone, in the %s dialect', async (dialect) => {
    const made = await make({ policy: CARD });
    const list = ['data_storage', 'message_signing', 'token_transfers'];
    successOf(await naming(owner[dialect], made).put(`/restrictions/${made.client_id}`, { restrictions: list }));
    const { revision, policy } = await readPolicy(ownerOf(made));
    expect([revision, policy]).toEqual([
      2,
      { operations: ['data_storage', 'token_transfers'], limits: CARD.limits, messages: 'none' },
    ]);
    expect((await pay(made, '101')).status).toBe(400);
  });
});
