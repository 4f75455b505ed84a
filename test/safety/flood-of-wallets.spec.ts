import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../support/api-client.js';
import { freshUser } from '../support/dialects.js';
import { requestsOf, untilThere } from '../support/requests-under-way.js';
import { heldKey, signMessage } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { UnpooledClient } from '../support/unpooled-client.js';
import { sha3 } from '../support/wallet-client.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ MAX_WALLETS_PER_USER: '0' });
});
afterAll(() => server.stop());

describe('300 wallets that one user asks for at once', () => {
  it('hold up neither another’s signature, revocation and freeze nor the health check, and are all answered', async () => {
    const { documented: owner } = freshUser(server, 'alice');
    const { wallet, key } = await splitWallet(owner);
    const flood = new UnpooledClient(server.url).with({ 'X-Jwt-Token': server.token('flood') });
    let answered = 0;
    const asked = Array.from({ length: 300 }, async () => {
      const { status } = await flood.post('/wallet');
      answered += 1;
      return status;
    });
    // The flood is under way.
    await Promise.race(asked);
    const signed = await signMessage(server.anonymous(), heldKey(key), sha3('meanwhile'));
    const revoked = await owner.post(`/revoke/${wallet.client_id}`, { public_key: key.public_key });
    const frozen = await owner.post(`/freeze/${wallet.client_id}`);
    const health = await server.anonymous().get('/health/live');
    const answeredByThen = answered;
    successOf(signed);
    successOf(revoked);
    successOf(frozen);
    successOf(health);
    // Each of the four would otherwise wait behind all of them.
    expect(answeredByThen).toBeLessThan(300);
    const statuses = await Promise.all(asked);
    expect(statuses.filter((status) => status === 201)).toHaveLength(300);
  });

  it('are under way a few at a time, and another’s wallet is made in its turn', async () => {
    const flood = new UnpooledClient(server.url).with({ 'X-Jwt-Token': server.token('flood') });
    let answered = 0;
    const asked = Array.from({ length: 300 }, async () => {
      await flood.post('/wallet');
      answered += 1;
    });
    await Promise.race(asked);
    const { making } = await requestsOf(server);
    // Of 64 places one token has a quarter.
    expect(making.underWay).toBeLessThanOrEqual(16);
    expect(making.waiting).toBeGreaterThan(0);
    successOf(await server.as('another').post('/wallet'), 201);
    expect(answered).toBeLessThan(300);
    await Promise.all(asked);
    await untilThere(server, 'making', { underWay: 0, waiting: 0 });
  });
});
