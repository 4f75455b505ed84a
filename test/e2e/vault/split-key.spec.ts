import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import blsWasm from 'bls-wasm';
import { successOf } from '../../support/api-client.js';
import { freshUser, nobody, refusedInBothDialects, VAULT_DIALECTS, visiblePartsOf } from '../../support/dialects.js';
import type { VaultUser } from '../../support/dialects.js';
import { malformedHex } from '../../support/malformed.js';
import { askToSign } from '../../support/message-signing.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { sha3, walletClient } from '../../support/wallet-client.js';
import type { WireSplitKey, WireWallet } from '../../support/wire-types.js';

const NEVER_MADE = '7'.repeat(64);

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

async function ownerWithWallet(): Promise<{ owner: VaultUser; wallet: WireWallet }> {
  const owner = freshUser(server, 'alice');
  return { owner, wallet: successOf<WireWallet>(await owner.documented.post('/wallet'), 201) };
}

describe.each(VAULT_DIALECTS)('POST /key/:client_id in the $dialect dialect', ({ dialect, created }) => {
  it('answers with the new split key and nothing else', async () => {
    const { owner, wallet } = await ownerWithWallet();
    const key = successOf<WireSplitKey>(await owner[dialect].post(`/key/${wallet.client_id}`), created);
    expect(key).toStrictEqual({
      user_id: owner.id,
      client_id: wallet.client_id,
      client_key: wallet.client_key,
      private_key: expect.stringMatching(/^[0-9a-f]{64}$/),
      public_key: (await walletClient()).publicKeyOf(key.private_key),
      peer_public_key: expect.stringMatching(/^[0-9a-f]{128}$/),
      mnemonics: '',
      shared_to: '',
      is_revoked: false,
      created_at: server.clock.nowSeconds(),
      expires_at: 0,
    });
  });

  it('splits so that the two public keys add up to the client key', async () => {
    const { owner, wallet } = await ownerWithWallet();
    const key = successOf<WireSplitKey>(await owner[dialect].post(`/key/${wallet.client_id}`), created);
    await walletClient();
    const sum = blsWasm.deserializeHexStrToPublicKey(key.public_key);
    sum.add(blsWasm.deserializeHexStrToPublicKey(key.peer_public_key));
    expect(sum.serializeToHexStr()).toBe(wallet.client_key);
  });

  it('makes a split key that signs at once', async () => {
    const { owner, wallet } = await ownerWithWallet();
    const key = successOf<WireSplitKey>(await owner[dialect].post(`/key/${wallet.client_id}`), created);
    const { sig } = successOf<{ sig: string }>(await askToSign(server, key, sha3('rent')));
    expect((await walletClient()).verify(wallet.client_key, sha3('rent'), sig)).toBe(true);
  });

  it('draws another pair each time', async () => {
    const { owner, wallet } = await ownerWithWallet();
    const first = successOf<WireSplitKey>(await owner[dialect].post(`/key/${wallet.client_id}`), created);
    const second = successOf<WireSplitKey>(await owner[dialect].post(`/key/${wallet.client_id}`), created);
    expect(new Set([first.private_key, second.private_key]).size).toBe(2);
    expect(new Set([first.peer_public_key, second.peer_public_key]).size).toBe(2);
  });

  it('takes the client id in upper case and answers in lower case', async () => {
    const { owner, wallet } = await ownerWithWallet();
    const answer = await owner[dialect].post(`/key/${wallet.client_id.toUpperCase()}`);
    expect(successOf<WireSplitKey>(answer, created).client_id).toBe(wallet.client_id);
  });

  it.each([
    ['no body', undefined, {}],
    ['an empty body said to be JSON', '', { 'Content-Type': 'application/json' }],
    ['an empty body said to be text', '', { 'Content-Type': 'text/plain; charset=utf-8' }],
    ['a body of white space', ' \r\n\t', { 'Content-Type': 'application/json' }],
    ['an empty object', '{}', {}],
    ['restrictions that are null', '{"restrictions":null}', {}],
    ['an expiry that is null', '{"expires_at":null}', {}],
  ])('makes a key without a list and without an end from %s', async (_, body, headers) => {
    const { owner, wallet } = await ownerWithWallet();
    const answer = await owner[dialect].with(headers).post(`/key/${wallet.client_id}`, body);
    const key = successOf<WireSplitKey>(answer, created);
    expect(key.expires_at).toBe(0);
    const shown = await owner.documented.with({ 'X-Peer-Public-Key': key.peer_public_key }).get('/restrictions');
    expect(shown.json).toStrictEqual(['*']);
  });

  it('answers for a wallet of somebody else exactly as for one that does not exist', async () => {
    const { wallet } = await ownerWithWallet();
    const stranger = freshUser(server, 'mallory')[dialect];
    const foreign = visiblePartsOf(await stranger.post(`/key/${wallet.client_id}`));
    expect(foreign).toStrictEqual(visiblePartsOf(await stranger.post(`/key/${NEVER_MADE}`)));
    expect(foreign.status).toBe(400);
  });
});

describe('POST /key/:client_id refuses', () => {
  it('a caller without a token', async () => {
    const { wallet } = await ownerWithWallet();
    const problem = await refusedInBothDialects(
      nobody(server),
      (client) => client.post(`/key/${wallet.client_id}`),
      401,
    );
    expect(problem.code).toBe('TOKEN.MISSING');
  });

  it('a wallet that does not exist', async () => {
    const { owner } = await ownerWithWallet();
    const problem = await refusedInBothDialects(owner, (client) => client.post(`/key/${NEVER_MADE}`));
    expect(problem.code).toBe('WALLET.UNKNOWN');
    expect(problem.detail).not.toMatch(/resource not found/i);
  });

  it.each([
    ...malformedHex(64).filter(({ text }) => text !== ''),
    { what: 'a public key, which clients mix up with it', text: 'ab'.repeat(64) },
    { what: 'three hundred digits', text: 'a'.repeat(300) },
  ])('a client id that is or has: $what', async ({ text }) => {
    const { owner } = await ownerWithWallet();
    const problem = await refusedInBothDialects(owner, (client) => client.post(`/key/${encodeURIComponent(text)}`));
    expect(problem).toMatchObject({ code: 'REQUEST.INVALID_FIELD', field: 'client_id' });
  });

  it.each([
    ['a string', 'token_transfers', 'REQUEST.INVALID_FIELD'],
    ['an object', { 0: 'token_transfers', length: 1 }, 'REQUEST.INVALID_FIELD'],
    ['a number', 3, 'REQUEST.INVALID_FIELD'],
    ['true', true, 'REQUEST.INVALID_FIELD'],
    ['an array with a number', ['token_transfers', 3], 'REQUEST.INVALID_FIELD'],
    ['an array with null', [null], 'REQUEST.INVALID_FIELD'],
    ['an array of an array', [['token_transfers']], 'REQUEST.INVALID_FIELD'],
    ['more than a hundred names', Array.from({ length: 101 }, () => 'token_transfers'), 'REQUEST.INVALID_FIELD'],
    ['a name that no group has', ['token_transfer'], 'RESTRICTION.UNKNOWN_GROUP'],
    ['a name in another letter case', ['Token_Transfers'], 'RESTRICTION.UNKNOWN_GROUP'],
    ['an empty name', [''], 'RESTRICTION.UNKNOWN_GROUP'],
    ['a name of Object.prototype', ['constructor'], 'RESTRICTION.UNKNOWN_GROUP'],
    ['the star beside a name', ['*', 'token_transfers'], 'RESTRICTION.UNKNOWN_GROUP'],
  ])('restrictions that are %s', async (_, restrictions, code) => {
    const { owner, wallet } = await ownerWithWallet();
    const problem = await refusedInBothDialects(owner, (client) =>
      client.post(`/key/${wallet.client_id}`, { restrictions }),
    );
    expect(problem).toMatchObject({ code, field: 'restrictions' });
    expect(successOf(await owner.documented.get(`/keys/${wallet.client_id}`))).toStrictEqual({ keys: [] });
  });
});
