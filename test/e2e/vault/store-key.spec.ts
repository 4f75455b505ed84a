import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import { freshUser, LISTED, nobody, refusedInBothDialects, VAULT_DIALECTS } from '../../support/dialects.js';
import { malformedHex } from '../../support/malformed.js';
import { askToSign } from '../../support/message-signing.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { A_PUBLISHED_WALLET, publishedVector } from '../../support/wallet-vectors.js';
import { walletClient } from '../../support/wallet-client.js';
import type { WireSplitKey, WireWallet } from '../../support/wire-types.js';

const { private_key: privateKey, client_id: clientId, client_key: clientKey, mnemonic } = A_PUBLISHED_WALLET;
const ORDER = publishedVector('sk-range-edge', 'r_minus_1_le', 'r_le', 'ff');

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

describe.each(VAULT_DIALECTS)('POST /store in the $dialect dialect', ({ dialect, created }) => {
  it('derives client key and client id from the key, and shows no mnemonic', async () => {
    const answer = await freshUser(server, 'alice')[dialect].post('/store', { private_key: privateKey, mnemonic });
    expect(successOf(answer, created)).toStrictEqual({
      client_id: clientId,
      client_key: clientKey,
      peer_public_key: '',
      keys: [],
      mnemonics: '',
      version: '1.0',
      date_created: new Date(server.clock.nowMilliseconds()).toISOString(),
      nonce: 0,
      is_split: false,
    });
  });

  it('takes hexadecimal digits in either letter case', async () => {
    const answer = await freshUser(server, 'alice')[dialect].post('/store', { private_key: privateKey.toUpperCase() });
    expect(successOf<WireWallet>(answer, created).client_id).toBe(clientId);
  });

  it.each([
    ['one', `01${'0'.repeat(62)}`],
    ['the group order minus one', ORDER.r_minus_1_le],
  ])('takes the private key that is %s, and splits it', async (_, edge) => {
    const owner = freshUser(server, 'alice')[dialect];
    const wallet = successOf<WireWallet>(await owner.post('/store', { private_key: edge }), created);
    expect(wallet.client_key).toBe((await walletClient()).publicKeyOf(edge));
    const key = successOf<WireSplitKey>(await owner.post(`/key/${wallet.client_id}`), created);
    expect((await askToSign(server, key)).status).toBe(200);
  });

  it.each([
    ['absent', {}],
    ['empty', { mnemonic: '' }],
    ['null', { mnemonic: null }],
    ['no BIP39 words', { mnemonic: 'toss ocean — not a mnemonic' }],
    ["another wallet's", { mnemonic: publishedVector('systemtest-zvault', 'mnemonic').mnemonic }],
  ])('takes a mnemonic that is %s', async (_, fields) => {
    const answer = await freshUser(server, 'alice')[dialect].post('/store', { private_key: privateKey, ...fields });
    expect(successOf<WireWallet>(answer, created)).toMatchObject({ client_id: clientId, mnemonics: '' });
  });

  it('answers the same when the key is stored again, and keeps one wallet with its split keys', async () => {
    const owner = freshUser(server, 'alice')[dialect];
    const first = await owner.post('/store', { private_key: privateKey });
    const key = successOf<WireSplitKey>(await owner.post(`/key/${clientId}`), created);
    server.clock.advanceSeconds(5);
    const again = await owner.post('/store', { private_key: privateKey.toUpperCase(), mnemonic });
    expect({ status: again.status, text: again.text }).toStrictEqual({ status: created, text: first.text });
    expect(successOf<unknown[]>(await owner.get('/wallets'))).toHaveLength(1);
    expect(successOf<{ keys: unknown[] }>(await owner.get(`/keys/${clientId}`)).keys).toStrictEqual([
      { ...key, ...LISTED[dialect] },
    ]);
  });

  it('revives no split key when the wallet had been deleted', async () => {
    const owner = freshUser(server, 'alice')[dialect];
    await owner.post('/store', { private_key: privateKey });
    const key = successOf<WireSplitKey>(await owner.post(`/key/${clientId}`), created);
    successOf(await owner.post(`/delete/${clientId}`));
    successOf(await owner.post('/store', { private_key: privateKey }), created);
    expect(successOf(await owner.get(`/keys/${clientId}`))).toStrictEqual({ keys: [] });
    expect((await askToSign(server, key)).json).toMatchObject({ status: 400, code: 'SPLIT_KEY.UNKNOWN' });
  });
});

describe('two owners of the same private key', () => {
  it('have a record each, invisible to the other', async () => {
    const [alice, bob] = [freshUser(server, 'alice'), freshUser(server, 'bob')];
    for (const { documented } of [alice, bob]) await documented.post('/store', { private_key: privateKey });
    const key = successOf<WireSplitKey>(await alice.documented.post(`/key/${clientId}`), 201);
    expect(key.user_id).toBe(alice.id);
    expect(successOf(await bob.documented.get(`/keys/${clientId}`))).toStrictEqual({ keys: [] });
    const revoked = await refusedInBothDialects(bob, (client) =>
      client.post(`/revoke/${clientId}`, { public_key: key.public_key }),
    );
    expect(revoked.code).toBe('SPLIT_KEY.UNKNOWN');
  });

  it('lose nothing when the other deletes', async () => {
    const [alice, bob] = [freshUser(server, 'alice'), freshUser(server, 'bob')];
    for (const { documented } of [alice, bob]) await documented.post('/store', { private_key: privateKey });
    const key = successOf<WireSplitKey>(await alice.documented.post(`/key/${clientId}`), 201);
    successOf(await bob.documented.post(`/delete/${clientId}`));
    expect(successOf(await alice.documented.get(`/keys/${clientId}`))).toStrictEqual({
      keys: [{ ...key, ...LISTED.documented }],
    });
    expect((await askToSign(server, key)).status).toBe(200);
  });
});

describe('POST /store refuses', () => {
  it('a caller without a token', async () => {
    const ask = { private_key: privateKey };
    expect((await refusedInBothDialects(nobody(server), (client) => client.post('/store', ask), 401)).code).toBe(
      'TOKEN.MISSING',
    );
  });

  it.each<readonly [string, unknown]>([
    ...malformedHex(64).map(
      ({ what, text }) => [`a private_key of hexadecimal text that is or has: ${what}`, text] as const,
    ),
    ['a private_key of zero', '0'.repeat(64)],
    ['a private_key that is the group order', ORDER.r_le],
    ['a private_key beyond the group order', ORDER.ff],
    ['a private_key of null', null],
    ['a private_key that is a number', 12],
    ['a private_key in an array', [privateKey]],
    ['a private_key in an object', { hex: privateKey }],
    ['no private_key', undefined],
  ])('%s', async (_, value) => {
    const user = freshUser(server, 'alice');
    const problem = await refusedInBothDialects(user, (client) => client.post('/store', { private_key: value }));
    expect(problem).toMatchObject({ code: 'REQUEST.INVALID_FIELD', field: 'private_key' });
    expect(successOf(await user.documented.get('/wallets'))).toStrictEqual([]);
  });

  it.each([
    ['a number', 7],
    ['an array', [mnemonic]],
    ['an object', {}],
    ['longer than 1024 characters', 'a'.repeat(1025)],
  ])('a mnemonic that is %s', async (_, value) => {
    const ask = { private_key: privateKey, mnemonic: value };
    const problem = await refusedInBothDialects(freshUser(server, 'alice'), (client) => client.post('/store', ask));
    expect(problem).toMatchObject({ code: 'REQUEST.INVALID_FIELD', field: 'mnemonic' });
  });

  it('and repeats nothing of a private key that it refuses, in answer or log', async () => {
    const almost = `${privateKey.slice(0, 62)}zz`;
    const client = freshUser(server, 'alice').documented;
    const answer = await client.post('/store', { private_key: almost });
    expect(answer.status).toBe(400);
    for (const text of [answer.text, ...server.log]) expect(text).not.toContain(privateKey.slice(0, 16));
  });
});
