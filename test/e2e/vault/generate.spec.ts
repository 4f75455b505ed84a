import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../../support/api-client.js';
import { freshUser, nobody, plainLineOf, sending, visiblePartsOf } from '../../support/dialects.js';
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

describe('POST /zvault/generate, the legacy call', () => {
  it('answers as POST /wallet does, with the words', async () => {
    const wallet = successOf<WireWallet>(await freshUser(server, 'alice').sdk.post('/generate'));
    expect(wallet).toStrictEqual({
      client_id: sha3(Buffer.from(wallet.client_key, 'hex')),
      client_key: expect.stringMatching(/^[0-9a-f]{128}$/),
      peer_public_key: '',
      keys: [],
      mnemonics: expect.stringMatching(/^([a-z]+ ){23}[a-z]+$/),
      version: '1.0',
      date_created: new Date(server.clock.nowMilliseconds()).toISOString(),
      nonce: 0,
      is_split: false,
    });
  });

  it('makes one split key without a list, which signs and is found in /keys', async () => {
    const owner = freshUser(server, 'alice');
    const wallet = successOf<WireWallet>(await owner.sdk.post('/generate'));
    const { keys } = successOf<{ keys: WireSplitKey[] }>(await owner.sdk.get(`/keys/${wallet.client_id}`));
    expect(keys).toMatchObject([{ client_id: wallet.client_id, mnemonics: '', expires_at: 0 }]);
    const [key] = keys;
    if (key === undefined) throw new Error('one split key was to be made');
    const { sig } = successOf<{ sig: string }>(await askToSign(server, key, sha3('legacy')));
    expect((await walletClient()).verify(wallet.client_key, sha3('legacy'), sig)).toBe(true);
    const named = sending(owner, { 'X-Peer-Public-Key': key.peer_public_key });
    expect(successOf(await named.documented.get('/restrictions'))).toStrictEqual(['*']);
  });

  it.each([
    ['an empty body said to be JSON', '', { 'Content-Type': 'application/json' }],
    ['an empty body said to be text', '', { 'Content-Type': 'text/plain; charset=utf-8' }],
    ['an empty object', '{}', { 'Content-Type': 'application/json' }],
  ])('takes %s', async (_, body, headers) => {
    expect((await sending(freshUser(server, 'alice'), headers).sdk.post('/generate', body)).status).toBe(200);
  });

  it('refuses a caller without a token', async () => {
    expect(plainLineOf(await nobody(server).sdk.post('/generate'), 401)).toMatch(/token/);
  });
});

describe('POST /zvault/generate/:client_id, the legacy call', () => {
  it('answers as POST /key/:client_id does, restrictions and expiry included', async () => {
    const owner = freshUser(server, 'alice');
    const wallet = successOf<WireWallet>(await owner.sdk.post('/wallet'));
    const expiresAt = server.clock.nowSeconds() + 60;
    const ask = { restrictions: ['token_transfers'], expires_at: expiresAt, from_an_old_client: true };
    const key = successOf<WireSplitKey>(await owner.sdk.post(`/generate/${wallet.client_id}`, ask));
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
      expires_at: expiresAt,
    });
    const named = sending(owner, { 'X-Peer-Public-Key': key.peer_public_key });
    expect(successOf(await named.sdk.get('/restrictions'))).toStrictEqual(['token_transfers']);
  });

  it('refuses what POST /key/:client_id refuses, in the same words', async () => {
    const owner = freshUser(server, 'alice');
    const { client_id: id } = successOf<WireWallet>(await owner.sdk.post('/wallet'));
    const cases: readonly (readonly [string, unknown])[] = [
      [NEVER_MADE, undefined],
      ['0x12', undefined],
      [id, { restrictions: ['everything'] }],
      [id, { restrictions: 'token_transfers' }],
      [id, { expires_at: 1 }],
      [id, '[]'],
    ];
    for (const [clientId, body] of cases) {
      const refused = await owner.sdk.post(`/generate/${clientId}`, body);
      expect(plainLineOf(refused)).toBe(plainLineOf(await owner.sdk.post(`/key/${clientId}`, body)));
    }
    expect(successOf(await owner.sdk.get(`/keys/${id}`))).toStrictEqual({ keys: [] });
  });

  it('answers for a wallet of somebody else exactly as for one that does not exist', async () => {
    const { client_id: id } = successOf<WireWallet>(await freshUser(server, 'alice').sdk.post('/wallet'));
    const stranger = freshUser(server, 'mallory').sdk;
    const missing = visiblePartsOf(await stranger.post(`/generate/${NEVER_MADE}`));
    expect(visiblePartsOf(await stranger.post(`/generate/${id}`))).toStrictEqual(missing);
  });
});

describe('the legacy calls', () => {
  it('exist in the SDK dialect only', async () => {
    const owner = freshUser(server, 'alice').documented;
    for (const path of ['/generate', `/generate/${NEVER_MADE}`]) {
      expect(problemOf(await owner.post(path), 404).code).toBe('REQUEST.ROUTE_UNKNOWN');
    }
  });
});
