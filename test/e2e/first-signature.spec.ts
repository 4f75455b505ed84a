import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sha3Hex } from '@split-key-kms/client';
import { clientOf } from '../client/given-client.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { walletClient } from '../support/wallet-client.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

describe('the way from a new wallet to its first signature', () => {
  it('makes a combined signature that verifies under the client key of the wallet', async () => {
    const alice = clientOf(server, 'alice');
    const wallet = await alice.wallets.create();
    const { key } = await alice.splitKeys.create(wallet.client_id);
    const { hash, signature } = await key.signMessage('a message');
    expect(hash).toBe(sha3Hex('a message'));
    // By another library than the one with which the client has verified it.
    expect((await walletClient()).verify(wallet.client_key, hash, signature)).toBe(true);
  });
});
