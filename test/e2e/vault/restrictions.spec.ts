import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import type { Answer, ApiClient } from '../../support/api-client.js';
import {
  freshUser,
  nobody,
  refusedInBothDialects,
  sending,
  VAULT_DIALECTS,
  visiblePartsOf,
} from '../../support/dialects.js';
import type { VaultUser } from '../../support/dialects.js';
import { malformedHex } from '../../support/malformed.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { bodyOf, contractCall, hashOf, STORAGE_CONTRACT, transfer } from '../../support/transactions.js';
import type { TestTransaction } from '../../support/transactions.js';
import { walletClient } from '../../support/wallet-client.js';
import { publishedVector } from '../../support/wallet-vectors.js';
import type { WireSplitKey } from '../../support/wire-types.js';

const NEVER_MADE = publishedVector('systemtest-nonexistent-public-key', 'public_key').public_key;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** An owner whose clients name their split key by the server key, as 0Chain's clients do here. */
async function ownerOfKey(terms?: { restrictions: string[] }): Promise<{ owner: VaultUser; key: WireSplitKey }> {
  const user = freshUser(server, 'alice');
  const { key } = await splitWallet(user.documented, terms);
  return { owner: sending(user, { 'X-Peer-Public-Key': key.peer_public_key }), key };
}

async function sign(key: WireSplitKey, transaction: TestTransaction): Promise<Answer> {
  const signature = (await walletClient()).sign(key.private_key, hashOf(transaction));
  const holder = server.anonymous().with({ 'X-Peer-Public-Key': key.public_key });
  return holder.post('/sign/txn', bodyOf(transaction, signature));
}

describe.each(VAULT_DIALECTS)('PUT and GET /restrictions in the $dialect dialect', ({ dialect }) => {
  it('set a list, which is shown in the order it was set, each name once', async () => {
    const { owner, key } = await ownerOfKey();
    const list = ['storage_rewards', 'token_transfers', 'storage_rewards'];
    const answer = await owner[dialect].put(`/restrictions/${key.client_id}`, { restrictions: list });
    expect({ status: answer.status, text: answer.text }).toStrictEqual({ status: 200, text: '{}' });
    expect(successOf(await owner[dialect].get('/restrictions'))).toStrictEqual(['storage_rewards', 'token_transfers']);
  });

  it('decide the next transaction', async () => {
    const { owner, key } = await ownerOfKey();
    const reward = contractCall(key, STORAGE_CONTRACT, 'collect_reward');
    expect([(await sign(key, transfer(key))).status, (await sign(key, reward)).status]).toStrictEqual([200, 200]);
    successOf(await owner[dialect].put(`/restrictions/${key.client_id}`, { restrictions: ['storage_rewards'] }));
    expect((await sign(key, transfer(key))).json).toMatchObject({ status: 400, code: 'SIGNING.NOT_ALLOWED' });
    expect((await sign(key, reward)).status).toBe(200);
  });

  it('deny every transaction with an empty list', async () => {
    const { owner, key } = await ownerOfKey();
    successOf(await owner[dialect].put(`/restrictions/${key.client_id}`, { restrictions: [] }));
    expect(successOf(await owner[dialect].get('/restrictions'))).toStrictEqual([]);
    expect((await sign(key, transfer(key))).json).toMatchObject({ code: 'SIGNING.NOT_ALLOWED' });
  });

  it('take the list away with the star alone', async () => {
    const { owner, key } = await ownerOfKey({ restrictions: [] });
    successOf(await owner[dialect].put(`/restrictions/${key.client_id}`, { restrictions: ['*'] }));
    expect(successOf(await owner.documented.get('/restrictions'))).toStrictEqual(['*']);
    expect((await sign(key, transfer(key))).status).toBe(200);
  });

  it.each([
    ['the user key', (key: WireSplitKey) => key.public_key],
    ['the user key in upper case', (key: WireSplitKey) => key.public_key.toUpperCase()],
    ['the server key', (key: WireSplitKey) => key.peer_public_key],
    ['the server key in upper case', (key: WireSplitKey) => key.peer_public_key.toUpperCase()],
  ])('take %s in X-Peer-Public-Key', async (_, nameOf) => {
    const { owner, key } = await ownerOfKey();
    const client = owner[dialect].with({ 'X-Peer-Public-Key': nameOf(key) });
    successOf(await client.put(`/restrictions/${key.client_id.toUpperCase()}`, { restrictions: ['miner_operations'] }));
    expect(successOf(await client.get('/restrictions'))).toStrictEqual(['miner_operations']);
  });

  it('answer for a key of somebody else, or of another wallet, as for one that does not exist', async () => {
    const { owner, key } = await ownerOfKey();
    const other = await splitWallet(owner.documented);
    const ask = { restrictions: ['token_transfers'] };
    const put = (client: ApiClient, publicKey: string) =>
      client.with({ 'X-Peer-Public-Key': publicKey }).put(`/restrictions/${key.client_id}`, ask).then(visiblePartsOf);
    const get = (client: ApiClient, publicKey: string) =>
      client.with({ 'X-Peer-Public-Key': publicKey }).get('/restrictions').then(visiblePartsOf);
    const stranger = freshUser(server, 'mallory')[dialect];
    const missing = await put(stranger, NEVER_MADE);
    expect(missing.status).toBe(400);
    expect(await put(stranger, key.peer_public_key)).toStrictEqual(missing);
    expect(await put(owner[dialect], other.key.peer_public_key)).toStrictEqual(missing);
    expect(await get(stranger, NEVER_MADE)).toStrictEqual(missing);
    expect(await get(stranger, key.peer_public_key)).toStrictEqual(missing);
    expect(successOf(await owner.documented.get('/restrictions'))).toStrictEqual(['*']);
  });
});

describe('a split key without a list', () => {
  it('shows the star in the documented API and every group that clients may name in the SDK dialect', async () => {
    const { owner } = await ownerOfKey();
    const catalogue = successOf<{ group: string }[]>(await server.anonymous().get('/restrictions/catalogue'));
    const groups = catalogue
      .map(({ group }) => group)
      .filter((group) => !['message_signing', 'data_signing'].includes(group));
    expect(successOf(await owner.documented.get('/restrictions'))).toStrictEqual(['*']);
    expect(successOf(await owner.sdk.get('/restrictions'))).toStrictEqual(groups);
  });
});

describe('PUT and GET /restrictions refuse', () => {
  const CALLS: readonly [string, (client: ApiClient) => Promise<Answer>][] = [
    ['GET', (client) => client.get('/restrictions')],
    ['PUT', (client) => client.put(`/restrictions/${'7'.repeat(64)}`, { restrictions: [] })],
  ];

  it.each(CALLS)('a caller without a token: %s', async (_, call) => {
    expect((await refusedInBothDialects(nobody(server), call, 401)).code).toBe('TOKEN.MISSING');
  });

  it.each(CALLS)('a request without X-Peer-Public-Key: %s', async (_, call) => {
    const user = freshUser(server, 'alice');
    const expected = { code: 'REQUEST.MISSING_HEADER', field: 'X-Peer-Public-Key' };
    expect(await refusedInBothDialects(user, call)).toMatchObject(expected);
    expect(await refusedInBothDialects(sending(user, { 'X-Peer-Public-Key': '' }), call)).toMatchObject(expected);
  });

  it.each(CALLS)('a malformed X-Peer-Public-Key: %s', async (_, call) => {
    // What HTTP itself trims or cannot carry in a header is left out.
    const sendable = malformedHex(128).filter(({ text }) => /^[!-~]+$/.test(text));
    for (const text of [
      ...sendable.map((bad) => bad.text),
      'ab'.repeat(32),
      `${'ab'.repeat(64)}, ${'ab'.repeat(64)}`,
    ]) {
      const problem = await refusedInBothDialects(
        sending(freshUser(server, 'alice'), { 'X-Peer-Public-Key': text }),
        call,
      );
      expect(problem).toMatchObject({ code: 'REQUEST.INVALID_FIELD', field: 'X-Peer-Public-Key' });
    }
  });

  it.each(CALLS)('a split key that does not exist: %s', async (_, call) => {
    const user = sending(freshUser(server, 'alice'), { 'X-Peer-Public-Key': NEVER_MADE });
    expect((await refusedInBothDialects(user, call)).code).toBe('SPLIT_KEY.UNKNOWN');
  });

  it.each([
    ['absent', undefined, 'REQUEST.INVALID_FIELD'],
    ['null', null, 'REQUEST.INVALID_FIELD'],
    ['a string', 'token_transfers', 'REQUEST.INVALID_FIELD'],
    ['an object', {}, 'REQUEST.INVALID_FIELD'],
    ['an array with a number', [1], 'REQUEST.INVALID_FIELD'],
    ['an array with null', ['token_transfers', null], 'REQUEST.INVALID_FIELD'],
    ['more than a hundred names', Array.from({ length: 101 }, () => 'token_transfers'), 'REQUEST.INVALID_FIELD'],
    ['a name that no group has', ['everything'], 'RESTRICTION.UNKNOWN_GROUP'],
    ['a name in another letter case', ['TOKEN_TRANSFERS'], 'RESTRICTION.UNKNOWN_GROUP'],
    ['a name of Object.prototype', ['__proto__'], 'RESTRICTION.UNKNOWN_GROUP'],
    ['the star beside a name', ['token_transfers', '*'], 'RESTRICTION.UNKNOWN_GROUP'],
    ['the star twice', ['*', '*'], 'RESTRICTION.UNKNOWN_GROUP'],
  ])('restrictions that are %s, and change nothing', async (_, restrictions, code) => {
    const { owner, key } = await ownerOfKey({ restrictions: ['token_transfers'] });
    const problem = await refusedInBothDialects(owner, (client) =>
      client.put(`/restrictions/${key.client_id}`, { restrictions }),
    );
    expect(problem).toMatchObject({ code, field: 'restrictions' });
    expect(successOf(await owner.documented.get('/restrictions'))).toStrictEqual(['token_transfers']);
  });
});
