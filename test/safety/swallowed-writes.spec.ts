import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../support/api-client.js';
import type { Answer } from '../support/api-client.js';
import { heldKey, signMessage } from '../support/signing-calls.js';
import type { HeldKey } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { sha3 } from '../support/wallet-client.js';

let server: TestServer;
let key: HeldKey;
let clientId: string;
beforeEach(async () => {
  server = await startTestServer({ LOG_LEVEL: 'silent', SIGNING_WORKERS: '1' });
  const made = await splitWallet(server.as('alice'));
  key = heldKey(made.key);
  clientId = made.wallet.client_id;
});
afterEach(() => server.stop());

/** Has SQLite leave out every such write in silence, as whoever can write the file may have it. */
const swallow = (what: string): Promise<unknown> =>
  server.dataSource().query(`CREATE TRIGGER swallow BEFORE ${what} BEGIN SELECT RAISE(IGNORE); END`);
const swallowNothing = (): Promise<unknown> => server.dataSource().query('DROP TRIGGER swallow');

const sign = (): Promise<Answer> => signMessage(server.anonymous(), key, sha3('swallowed'));
const named = (): Record<string, string> => ({ 'X-Peer-Public-Key': key.userPublicKey });

describe('a write that SQLite leaves out in silence', () => {
  it('releases no signature whose entry was not written', async () => {
    await swallow('INSERT ON audit_entries');
    expect(problemOf(await sign(), 503).code).toBe('AUDIT.UNAVAILABLE');
    await swallowNothing();
    successOf(await sign());
  });

  it('releases no signature that was not counted as a use of the key', async () => {
    await swallow('UPDATE ON auth_server_shares');
    expect(problemOf(await sign(), 500).code).toBe('INTERNAL');
  });

  it.each([
    [
      'a revocation of vault’s half',
      'UPDATE ON vault_split_keys',
      () => server.as('alice').with(named()).post(`/revoke/${clientId}`, { public_key: key.userPublicKey }),
    ],
    [
      'a revocation of auth’s half',
      'UPDATE ON auth_server_shares',
      () => server.as('alice').with(named()).post(`/revoke/${clientId}`, { public_key: key.userPublicKey }),
    ],
    [
      'a list',
      'UPDATE ON auth_server_shares',
      () =>
        server
          .as('alice')
          .with(named())
          .put(`/restrictions/${clientId}`, { restrictions: ['token_transfers'] }),
    ],
    [
      'a share',
      'UPDATE ON vault_split_keys',
      () => server.as('alice').post('/share', { public_key: key.userPublicKey, target_user_id: 'bob' }),
    ],
    ['a wallet', 'INSERT ON vault_wallets', () => server.as('alice').post('/wallet')],
    ['vault’s half of a split key', 'INSERT ON vault_split_keys', () => server.as('alice').post(`/key/${clientId}`)],
    ['auth’s half of a split key', 'INSERT ON auth_server_shares', () => server.as('alice').post(`/key/${clientId}`)],
    ['the deletion of a wallet', 'UPDATE ON vault_wallets', () => server.as('alice').post(`/delete/${clientId}`)],
    ['the deletion of split keys', 'DELETE ON vault_split_keys', () => server.as('alice').post(`/delete/${clientId}`)],
    [
      'the deletion of server shares',
      'DELETE ON auth_server_shares',
      () => server.as('alice').post(`/delete/${clientId}`),
    ],
  ])('is told as a failure, recorded as one, and undone: %s', async (_, what, call) => {
    await swallow(what);
    expect(problemOf(await call(), 500).code).toBe('INTERNAL');
    const [last] = (await server.audit()).slice(-1);
    expect(last).toMatchObject({ outcome: 'failed', code: 'INTERNAL' });
    await swallowNothing();
    successOf(await sign());
  });
});
