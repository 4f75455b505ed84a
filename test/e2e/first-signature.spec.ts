import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../support/api-client.js';
import { splitWallet } from '../support/split-wallet.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { sha3, walletClient } from '../support/wallet-client.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

describe('the way from a new wallet to its first signature', () => {
  it('makes a combined signature that verifies under the client key of the wallet', async () => {
    const client = await walletClient();
    const { wallet, key } = await splitWallet(server.as('alice'));
    const hash = sha3('a message');
    const answer = await server
      .anonymous()
      .with({ 'X-Peer-Public-Key': key.public_key })
      .post('/sign/msg', { hash, signature: client.sign(key.private_key, hash), client_id: wallet.client_id });
    expect(client.verify(wallet.client_key, hash, successOf<{ sig: string }>(answer).sig)).toBe(true);
  });
});
