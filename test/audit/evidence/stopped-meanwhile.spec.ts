import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, it } from '@jest/globals';
import { verifyPromiseAlone } from '../../../src/audit/promises/verify-promise.js';
import { parseVkey } from '../../../src/audit/tlog/verifier-key.js';
import { successOf } from '../../support/api-client.js';
import { noLongerListening } from '../../support/no-longer-listening.js';
import { heldKey, signMessage } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { sha3 } from '../../support/wallet-client.js';
import { HeldPool } from './held-pool.js';

let server: TestServer | undefined;
let pool: HeldPool | undefined;
afterAll(async () => {
  await pool?.release();
  await server?.stop();
});

const COUNT = 20;

it('a stop waits for evidence that is being signed, and for whoever waits behind it', async () => {
  const running = (server = await startTestServer({ LOG_LEVEL: 'silent' }));
  const { key } = await splitWallet(running.as('alice'));
  const { promises } = successOf<{ promises: string }>(await running.anonymous().get('/audit/key'));
  const trust = { keys: [parseVkey(promises, 'promises')] };
  const client = running.anonymous();
  // What makes their partial signatures is loaded by now, and what they connect to.
  successOf(await signMessage(client, heldKey(key), sha3('before')));

  pool = new HeldPool();
  let answered = 0;
  const asked = Array.from({ length: COUNT }, (_, index) =>
    signMessage(client, heldKey(key), sha3(`asked ${index}`)).finally(() => (answered += 1)),
  );
  const signed = async (): Promise<number> =>
    (await running.audit()).filter(({ action, outcome }) => action === 'sign-message' && outcome === 'approved').length;
  while ((await signed()) < 1 + COUNT) await setTimeout(10);
  let isClosed = false;
  const closed = running.close().finally(() => (isClosed = true));
  await noLongerListening(running.url);
  expect([isClosed, answered]).toEqual([false, 0]);
  await pool.release();

  for (const answer of await Promise.all(asked)) {
    successOf(answer);
    expect(verifyPromiseAlone(answer.headers.get('x-audit-promise') ?? '', trust)).toMatchObject({ holds: true });
  }
  await closed;
});
