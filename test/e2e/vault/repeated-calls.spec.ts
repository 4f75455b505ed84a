import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../../support/api-client.js';
import type { Answer, ApiClient } from '../../support/api-client.js';
import { freshUser, VAULT_DIALECTS } from '../../support/dialects.js';
import type { VaultUser } from '../../support/dialects.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { A_PUBLISHED_WALLET } from '../../support/wallet-vectors.js';
import type { WireSplitKey, WireWallet } from '../../support/wire-types.js';

const DAY = 86_400;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** The client with a new key for one thing to be made. */
const once = (client: ApiClient, key: string = randomUUID()): ApiClient => client.with({ 'Idempotency-Key': key });
const wallets = async (user: VaultUser): Promise<number> =>
  successOf<unknown[]>(await user.documented.get('/wallets')).length;
const keysOf = async (user: VaultUser, clientId: string): Promise<WireSplitKey[]> =>
  successOf<{ keys: WireSplitKey[] }>(await user.documented.get(`/keys/${clientId}`)).keys;

/** What a column holds, bytes as hexadecimal digits. */
const hexOf = (value: unknown): unknown => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value);

async function ownerWithWallet(): Promise<{ owner: VaultUser; clientId: string }> {
  const owner = freshUser(server, 'alice');
  return { owner, clientId: successOf<WireWallet>(await owner.documented.post('/wallet'), 201).client_id };
}

describe.each(VAULT_DIALECTS)('a repeated call in the $dialect dialect', ({ dialect, created }) => {
  it('answers as the first time, says so, and makes nothing', async () => {
    const { owner, clientId } = await ownerWithWallet();
    const client = once(owner[dialect]);
    const first = await client.post(`/key/${clientId}`, { restrictions: ['token_transfers'] });
    expect(first.status).toBe(created);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    const again = await client.post(`/key/${clientId}`, { restrictions: ['token_transfers'] });
    expect(again).toMatchObject({ status: created, json: first.json });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await keysOf(owner, clientId)).toHaveLength(1);
  });

  it('shows the words of a new wallet again, and makes one wallet', async () => {
    const owner = freshUser(server, 'alice');
    const client = once(owner[dialect]);
    const first = successOf<WireWallet>(await client.post('/wallet'), created);
    expect(first.mnemonics.split(' ')).toHaveLength(24);
    expect(successOf<WireWallet>(await client.post('/wallet'), created)).toEqual(first);
    expect(await wallets(owner)).toBe(1);
  });

  it('makes one thing of 64 calls at once; those that come too early are told so', async () => {
    const { owner, clientId } = await ownerWithWallet();
    const client = once(owner[dialect]);
    const answers = await Promise.all(Array.from({ length: 64 }, () => client.post(`/key/${clientId}`)));
    const [made, early] = [true, false].map((isMade) =>
      answers.filter(({ status }) => (status === created) === isMade),
    );
    expect(new Set(made?.map(({ text }) => text)).size).toBe(1);
    // How many come while the first is under way, the machine decides.
    for (const { status } of early ?? []) expect(status).toBe(409);
    expect(await keysOf(owner, clientId)).toHaveLength(1);
    expect((await client.post(`/key/${clientId}`)).json).toEqual(made?.[0]?.json);
  });

  it('of a call without the header makes a further one', async () => {
    const { owner, clientId } = await ownerWithWallet();
    await owner[dialect].post(`/key/${clientId}`);
    await owner[dialect].post(`/key/${clientId}`);
    expect(await keysOf(owner, clientId)).toHaveLength(2);
  });
});

describe('an Idempotency-Key', () => {
  it('is its user’s own', async () => {
    const key = randomUUID();
    const make = async (name: string): Promise<WireWallet> =>
      successOf<WireWallet>(await once(freshUser(server, name).documented, key).post('/wallet'), 201);
    expect(await make('alice')).not.toEqual(await make('bob'));
  });

  it('is of one call: with another body, wallet, route or dialect it is refused', async () => {
    const { owner, clientId } = await ownerWithWallet();
    const other = successOf<WireWallet>(await owner.documented.post('/wallet'), 201).client_id;
    const key = randomUUID();
    successOf(await once(owner.documented, key).post(`/key/${clientId}`, {}), 201);
    const refused = [
      await once(owner.documented, key).post(`/key/${clientId}`, { restrictions: [] }),
      await once(owner.documented, key).post(`/key/${clientId}`),
      await once(owner.documented, key).post(`/key/${other}`, {}),
      await once(owner.documented, key).post('/wallet'),
    ];
    for (const answer of refused) {
      expect(problemOf(answer, 422)).toMatchObject({ code: 'IDEMPOTENCY.KEY_REUSED', field: 'Idempotency-Key' });
    }
    expect((await once(owner.sdk, key).post(`/key/${clientId}`, {})).status).toBe(422);
    expect(await keysOf(owner, clientId)).toHaveLength(1);
  });

  it.each(['', 'two words', 'x'.repeat(256), 'grün'])('must be visible ASCII: %j', async (key) => {
    const owner = freshUser(server, 'alice');
    const encoded = Buffer.from(key).toString('latin1');
    expect(problemOf(await once(owner.documented, encoded).post('/wallet'))).toMatchObject({
      code: 'REQUEST.INVALID_FIELD',
      field: 'Idempotency-Key',
    });
    expect(await wallets(owner)).toBe(0);
  });

  it('of a refused call may be used again', async () => {
    const { owner, clientId } = await ownerWithWallet();
    const client = once(owner.documented);
    problemOf(await client.post(`/key/${clientId}`, { expires_at: 1 }));
    successOf(await client.post(`/key/${clientId}`, {}), 201);
  });

  it('is forgotten after a day', async () => {
    const { owner, clientId } = await ownerWithWallet();
    const key = randomUUID();
    const first = successOf<WireSplitKey>(await once(owner.documented, key).post(`/key/${clientId}`), 201);
    server.clock.advanceSeconds(DAY - 1);
    const renewed = once(server.as(owner.id), key);
    expect(successOf<WireSplitKey>(await renewed.post(`/key/${clientId}`), 201)).toEqual(first);
    server.clock.advanceSeconds(1);
    const later = once(server.as(owner.id), key);
    expect(successOf<WireSplitKey>(await later.post(`/key/${clientId}`), 201)).not.toEqual(first);
  });
});

describe('an answer that is no longer true is not given again', () => {
  const gone = (answer: Answer): void => {
    expect(problemOf(answer, 409).code).toBe('IDEMPOTENCY.ANSWER_GONE');
  };

  async function sealedAnswers(): Promise<number> {
    const [row] = await server
      .dataSource()
      .query<[{ n: number }]>('SELECT count(*) AS n FROM vault_kept_answers WHERE sealed_answer IS NOT NULL');
    return row.n;
  }

  it('once the split key is revoked, at ZVault or at ZAuth, or has expired', async () => {
    const { owner, clientId } = await ownerWithWallet();
    const [byVault, byAuth, byTime] = [once(owner.documented), once(owner.documented), once(owner.documented)];
    const before = await sealedAnswers();
    const first = successOf<WireSplitKey>(await byVault.post(`/key/${clientId}`), 201);
    const second = successOf<WireSplitKey>(await byAuth.post(`/key/${clientId}`), 201);
    const expires = { expires_at: server.clock.nowSeconds() + 60 };
    successOf(await byTime.post(`/key/${clientId}`, expires), 201);
    expect(await sealedAnswers()).toBe(before + 3);
    successOf(await owner.documented.post(`/revoke/${clientId}`, { public_key: first.public_key }));
    const atZauth = server.as(owner.id, `${server.url}/zauth`);
    successOf(await atZauth.post(`/revoke/${clientId}`, { peer_public_key: second.public_key }));
    expect(await sealedAnswers()).toBe(before + 1);
    gone(await byVault.post(`/key/${clientId}`));
    gone(await byAuth.post(`/key/${clientId}`));
    server.clock.advanceSeconds(60);
    gone(await byTime.post(`/key/${clientId}`, expires));
    expect(await keysOf(owner, clientId)).toHaveLength(3);
  });

  it('once the wallet is deleted', async () => {
    const owner = freshUser(server, 'alice');
    const making = once(owner.documented);
    const { client_id: clientId } = successOf<WireWallet>(await making.post('/wallet'), 201);
    const splitting = once(owner.documented);
    successOf(await splitting.post(`/key/${clientId}`), 201);
    successOf(await owner.documented.post(`/delete/${clientId}`));
    gone(await making.post('/wallet'));
    gone(await splitting.post(`/key/${clientId}`));
    expect(await wallets(owner)).toBe(0);
  });

  it('once the split key is shared with somebody else', async () => {
    const { owner, clientId } = await ownerWithWallet();
    const { public_key } = successOf<WireSplitKey>(await owner.documented.post(`/key/${clientId}`), 201);
    const sharing = once(owner.sdk);
    const asked = { public_key, target_user_id: 'bob' };
    successOf(await sharing.post('/share', asked));
    expect((await sharing.post('/share', asked)).headers.get('idempotency-replayed')).toBe('true');
    successOf(await owner.sdk.post('/share', { public_key, target_user_id: 'carol' }));
    expect((await sharing.post('/share', asked)).status).toBe(409);
    expect((await keysOf(owner, clientId))[0]?.shared_to).toBe('carol');
  });
});

describe('the body of a stored key', () => {
  it('is kept as a keyed hash, and its answer sealed', async () => {
    const owner = freshUser(server, 'alice');
    const { private_key: privateKey } = A_PUBLISHED_WALLET;
    const client = once(owner.documented);
    const first = successOf(await client.post('/store', { private_key: privateKey }), 201);
    expect(successOf(await client.post('/store', { private_key: privateKey }), 201)).toEqual(first);
    const rows = await server.dataSource().query<Record<string, unknown>[]>('SELECT * FROM vault_kept_answers');
    const kept = JSON.stringify(rows.map((row) => Object.values(row).map(hexOf)));
    expect(rows.length).toBeGreaterThan(0);
    for (const spelled of [privateKey, hexOf(Buffer.from(privateKey))]) expect(kept).not.toContain(spelled);
    expect(await server.audit()).toContainEqual(
      expect.objectContaining({ actorId: owner.id, action: 'store-key', facts: '{"repeated":true}' }),
    );
  });
});
