import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../../support/api-client.js';
import { plainLineOf } from '../../support/dialects.js';
import { heldKey, signMessage } from '../../support/signing-calls.js';
import type { HeldKey } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { sha3 } from '../../support/wallet-client.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ RATE_REFUSALS_PER_SPLIT_KEY: '1', RATE_BURST_SECONDS: '5' });
});
afterAll(() => server.stop());

async function keyThatMaySignNothing(user: string): Promise<HeldKey> {
  return heldKey((await splitWallet(server.as(user), { restrictions: ['token_transfers'] })).key);
}

it('limits how often the holder of a split key is refused something new, by an entry each', async () => {
  const since = performance.now();
  const key = await keyThatMaySignNothing('alice');
  const answers = [];
  for (let index = 0; index < 25; index += 1) {
    answers.push(await signMessage(server.anonymous(), key, sha3(`not allowed ${index}`)));
  }
  const told = answers.filter(({ status }) => status === 400);
  const limited = answers.filter(({ status }) => status === 429);
  // Five at once, and one for each second that this took.
  expect(told.length).toBeGreaterThanOrEqual(5);
  expect(told.length).toBeLessThanOrEqual(6 + (performance.now() - since) / 1000);
  expect(told.length + limited.length).toBe(25);
  for (const answer of told) expect(problemOf(answer).code).toBe('SIGNING.NOT_ALLOWED');
  for (const answer of limited) {
    expect(problemOf(answer, 429).code).toBe('RATE.LIMITED');
    expect(answer.headers.get('retry-after')).toBe('1');
  }
  const entries = (await server.audit()).filter(
    ({ publicKey, outcome }) => publicKey === key.userPublicKey && outcome === 'denied',
  );
  expect(entries).toHaveLength(told.length);
});

it('tells again what it has told, refuses what it has refused, and leaves other split keys and signatures alone', async () => {
  const key = await keyThatMaySignNothing('bob');
  const ask = (name: string) => signMessage(server.anonymous(), key, sha3(name));
  expect((await ask('told')).status).toBe(400);
  for (let index = 0; index < 15; index += 1) await ask(`filler ${index}`);
  for (let time = 0; time < 10; time += 1) expect((await ask('told')).status).toBe(400);
  const sdk = server.anonymous(`${server.url}/zauth`);
  let [inSdk, asked] = [await signMessage(sdk, key, sha3('one more')), 0];
  while (inSdk.status !== 429 && asked < 100) inSdk = await signMessage(sdk, key, sha3(`${(asked += 1)} more`));
  expect(plainLineOf(inSdk, 429)).toBe('too many requests; try again shortly');
  expect((await signMessage(server.anonymous(), await keyThatMaySignNothing('bob'), sha3('other'))).status).toBe(400);
  const free = heldKey((await splitWallet(server.as('bob'))).key);
  for (let index = 0; index < 20; index += 1) successOf(await signMessage(server.anonymous(), free, sha3(`${index}`)));
});
