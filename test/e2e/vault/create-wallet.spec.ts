import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { secretKeyFromMnemonic } from '../../../src/crypto/bls0chain/mnemonic.js';
import { SecretBytes } from '../../../src/crypto/secret-bytes.js';
import { successOf } from '../../support/api-client.js';
import { freshUser, nobody, refusedInBothDialects, VAULT_DIALECTS } from '../../support/dialects.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { sha3, walletClient } from '../../support/wallet-client.js';
import type { WireWallet } from '../../support/wire-types.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

describe.each(VAULT_DIALECTS)('POST /wallet in the $dialect dialect', ({ dialect, created }) => {
  it('answers with the wallet, its 24 words and nothing else', async () => {
    const answer = await freshUser(server, 'alice')[dialect].post('/wallet');
    const wallet = successOf<WireWallet>(answer, created);
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
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('shows words that the wallet can be restored from', async () => {
    const wallet = successOf<WireWallet>(await freshUser(server, 'alice')[dialect].post('/wallet'), created);
    const words = new SecretBytes(Buffer.from(wallet.mnemonics, 'utf8'));
    const masterKeyHex = Buffer.from(secretKeyFromMnemonic(words).expose()).toString('hex');
    expect((await walletClient()).publicKeyOf(masterKeyHex)).toBe(wallet.client_key);
  });

  it('shows the words this once and in no later answer', async () => {
    const owner = freshUser(server, 'alice')[dialect];
    const { client_id: id, mnemonics } = successOf<WireWallet>(await owner.post('/wallet'), created);
    const later = [await owner.post(`/key/${id}`), await owner.get(`/keys/${id}`), await owner.get('/wallets')];
    for (const { text } of later) expect(text).not.toContain(mnemonics);
    for (const { text } of later) expect(text).toContain('"mnemonics":""');
  });

  it('makes another wallet each time', async () => {
    const owner = freshUser(server, 'alice')[dialect];
    const first = successOf<WireWallet>(await owner.post('/wallet'), created);
    const second = successOf<WireWallet>(await owner.post('/wallet'), created);
    expect(second.client_id).not.toBe(first.client_id);
    expect(second.mnemonics).not.toBe(first.mnemonics);
  });

  it.each([
    ['an empty body said to be JSON', { 'Content-Type': 'application/json' }, ''],
    ['an empty body said to be text', { 'Content-Type': 'text/plain; charset=utf-8' }, ''],
    ['an empty object', { 'Content-Type': 'application/json' }, '{}'],
    ['no body at all', {}, undefined],
  ] as const)('takes %s', async (_, headers, body) => {
    const answer = await freshUser(server, 'alice')[dialect].with(headers).post('/wallet', body);
    expect(answer.status).toBe(created);
  });
});

describe('POST /wallet', () => {
  it('refuses a caller without a token', async () => {
    const problem = await refusedInBothDialects(nobody(server), (client) => client.post('/wallet'), 401);
    expect(problem.code).toBe('TOKEN.MISSING');
  });

  it('takes the token as a bearer too', async () => {
    const { id } = freshUser(server, 'alice');
    const bearer = server.anonymous().with({ Authorization: `Bearer ${server.token(id)}` });
    const wallet = successOf<WireWallet>(await bearer.post('/wallet'), 201);
    const listed = successOf<{ client_id: string }[]>(await server.as(id).get('/wallets'));
    expect(listed.map((entry) => entry.client_id)).toStrictEqual([wallet.client_id]);
  });

  it('refuses another method with the form of its dialect', async () => {
    const problem = await refusedInBothDialects(freshUser(server, 'alice'), (client) => client.get('/wallet'), 404);
    expect(problem.code).toBe('REQUEST.ROUTE_UNKNOWN');
  });
});
