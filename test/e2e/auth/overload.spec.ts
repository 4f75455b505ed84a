import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf } from '../../support/api-client.js';
import { heldKey, sendMessage, signMessage } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { UnpooledClient } from '../../support/unpooled-client.js';
import { sha3, walletClient } from '../../support/wallet-client.js';

let server: TestServer;
beforeAll(async () => {
  // Two at once: one in the only worker's hands, one in its queue.
  server = await startTestServer({ SIGNING_WORKERS: '1', SIGNING_BATCH_MAX: '1', SIGNING_QUEUE_MAX: '1' });
});
afterAll(() => server.stop());

describe('more signing requests than can wait', () => {
  it('are refused in the SDK dialect too, in its form', async () => {
    const client = await walletClient();
    const { key } = await splitWallet(server.as('bob'));
    const hash = sha3('one of many through the SDK');
    const partial = client.sign(key.private_key, hash);
    const sdk = new UnpooledClient(`${server.url}/zauth`);
    const answers = await Promise.all(Array.from({ length: 30 }, () => sendMessage(sdk, heldKey(key), hash, partial)));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThanOrEqual(1);
    for (const { status, text, headers } of refused) {
      expect([status, text, headers.get('retry-after')]).toEqual([
        503,
        'too many signing requests wait; try again shortly\n',
        '1',
      ]);
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('are told to try again at once, and the others are signed', async () => {
    const client = await walletClient();
    const { wallet, key } = await splitWallet(server.as('alice'));
    const strangers = new UnpooledClient(server.url);
    const answers = await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const hash = sha3(`one of many ${index}`);
        const partial = client.sign(key.private_key, hash);
        return { hash, partial, answer: await sendMessage(strangers, heldKey(key), hash, partial) };
      }),
    );
    const signed = answers.filter(({ answer }) => answer.status === 200);
    const refused = answers.filter(({ answer }) => answer.status !== 200);
    expect(signed.length).toBeGreaterThanOrEqual(1);
    expect(refused.length).toBeGreaterThanOrEqual(1);
    for (const { hash, answer } of signed) {
      expect(client.verify(wallet.client_key, hash, (answer.json as { sig: string }).sig)).toBe(true);
    }
    for (const { answer } of refused) {
      expect(problemOf(answer, 503).code).toBe('SIGNING.OVERLOADED');
      expect(answer.headers.get('retry-after')).toBe('1');
    }
    // Whoever sends too many must not fill the log, nor look like a fault of the service.
    const lines = server.log.filter((line) => line.includes('SIGNING.OVERLOADED'));
    expect(lines.length).toBeGreaterThanOrEqual(1);
    expect(lines.length).toBeLessThanOrEqual(10);
    expect(lines.filter((line) => line.includes('"msg":"failed"'))).toEqual([]);
    // Nobody who was refused is still counted.
    expect((await signMessage(server.anonymous(), heldKey(key), sha3('afterwards'))).status).toBe(200);
    expect(
      (await server.audit()).filter(
        ({ action, clientId }) => action === 'sign-message' && clientId === wallet.client_id,
      ),
    ).toHaveLength(signed.length + 1);
  });
});
