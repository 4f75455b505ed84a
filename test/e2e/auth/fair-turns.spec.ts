import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { heldKey, signMessage } from '../../support/signing-calls.js';
import type { HeldKey } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { UnpooledClient } from '../../support/unpooled-client.js';
import { sha3 } from '../../support/wallet-client.js';

/** Requests of the flood, all of which find a place. */
const FLOOD = 48;

let server: TestServer;
let key: HeldKey;
beforeAll(async () => {
  // A hundred places, and the slow engine, which makes one signature after the other. The test plays the proxy.
  server = await startTestServer({
    BLS_ENGINE: 'noble',
    SIGNING_WORKERS: '1',
    SIGNING_BATCH_MAX: '1',
    SIGNING_QUEUE_MAX: '99',
    TRUSTED_PROXIES: '127.0.0.1',
  });
  key = heldKey((await splitWallet(server.as('alice'))).key);
});
afterAll(() => server.stop());

const clientAt = (address: string): UnpooledClient => new UnpooledClient(server.url, { 'X-Forwarded-For': address });

describe.each([
  ['at another address', () => clientAt('192.0.2.1')],
  ['with a token', () => clientAt('192.0.2.66').with({ 'X-Jwt-Token': server.token('alice') })],
])('whoever signs %s while many requests of one address wait', (name, client) => {
  it('waits for few of them', async () => {
    let answered = 0;
    const flood = Array.from({ length: FLOOD }, async (_, index) => {
      const { status } = await signMessage(clientAt('192.0.2.66'), key, sha3(`flood ${name} ${index}`));
      answered += 1;
      return status;
    });
    await Promise.race(flood);
    const statuses: number[] = [];
    for (let index = 0; index < 3; index++) {
      statuses.push((await signMessage(client(), key, sha3(`honest ${name} ${index}`))).status);
    }
    expect(statuses).toEqual([200, 200, 200]);
    // In the order of arrival the first one would wait for all of them.
    expect(answered).toBeLessThan(FLOOD / 2);
    expect(new Set(await Promise.all(flood))).toEqual(new Set([200]));
  });
});
