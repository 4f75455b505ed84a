import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import { freshUser, LISTED, nobody, refusedInBothDialects, VAULT_DIALECTS } from '../../support/dialects.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { A_PUBLISHED_WALLET } from '../../support/wallet-vectors.js';
import type { WireWallet } from '../../support/wire-types.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

describe.each(VAULT_DIALECTS)('GET /wallets in the $dialect dialect', ({ dialect, created }) => {
  it('is an empty array for a caller without wallets', async () => {
    const answer = await freshUser(server, 'alice')[dialect].get('/wallets');
    expect({ status: answer.status, text: answer.text }).toStrictEqual({ status: 200, text: '[]' });
  });

  it('has one entry per master key, in the shape of a split key and without a secret', async () => {
    const { id: userId, [dialect]: owner } = freshUser(server, 'alice');
    const { client_id: clientId, client_key: clientKey, private_key, mnemonic } = A_PUBLISHED_WALLET;
    const createdAt = server.clock.nowSeconds();
    successOf(await owner.post('/store', { private_key, mnemonic }), created);
    await owner.post(`/key/${clientId}`);
    await owner.post(`/key/${clientId}`);
    expect(successOf(await owner.get('/wallets'))).toStrictEqual([
      {
        user_id: userId,
        client_id: clientId,
        client_key: clientKey,
        private_key: '',
        public_key: clientKey,
        peer_public_key: '',
        mnemonics: '',
        shared_to: '',
        is_revoked: false,
        created_at: createdAt,
        expires_at: 0,
        ...LISTED[dialect],
      },
    ]);
  });

  it('lists the wallets oldest first, and the caller’s only', async () => {
    const owner = freshUser(server, 'alice')[dialect];
    const made: string[] = [];
    for (let i = 0; i < 3; i++) {
      made.push(successOf<WireWallet>(await owner.post('/wallet'), created).client_id);
      await freshUser(server, 'bob')[dialect].post('/wallet');
      server.clock.advanceSeconds(1);
    }
    const listed = successOf<{ client_id: string }[]>(await owner.get('/wallets'));
    expect(listed.map((entry) => entry.client_id)).toStrictEqual(made);
  });
});

describe('GET /wallets', () => {
  it.each([
    ['letter case', 'user-of-wallets', 'User-of-wallets'],
    ['a space at the end', 'spaced', 'spaced '],
    ['how an accent is encoded', 'Ren\u00E9', 'Rene\u0301'],
    ['a pattern character', 'a_b', 'axb'],
  ])('takes users whose ids differ only in %s for two', async (_, one, other) => {
    await server.as(one).post('/wallet');
    expect(successOf(await server.as(one).get('/wallets'))).toHaveLength(1);
    expect(successOf(await server.as(other).get('/wallets'))).toStrictEqual([]);
  });

  it('refuses a caller without a token', async () => {
    const problem = await refusedInBothDialects(nobody(server), (client) => client.get('/wallets'), 401);
    expect(problem.code).toBe('TOKEN.MISSING');
  });
});
