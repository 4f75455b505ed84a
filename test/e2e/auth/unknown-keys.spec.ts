import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { foreignSplitKey } from '../../support/foreign-split-key.js';
import { heldKey, sendMessage, sendTransaction, signMessage } from '../../support/signing-calls.js';
import { jobsGiven } from '../../support/signing-metrics.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { bodyOf, transfer } from '../../support/transactions.js';
import { UnpooledClient } from '../../support/unpooled-client.js';
import { sha3, walletClient } from '../../support/wallet-client.js';
import { NO_SIGNATURES } from '../../support/wrong-partials.js';
import { expectRefusal, ZAUTH_DIALECTS, zauthWithoutToken } from '../../support/zauth-dialects.js';

const HASH = sha3('a message');

let server: TestServer;
beforeAll(async () => {
  // One place: whoever holds it keeps everybody else out.
  // Four places, of which all of these, who are at one address, have two.
  server = await startTestServer({ SIGNING_WORKERS: '1', SIGNING_BATCH_MAX: '1', SIGNING_QUEUE_MAX: '3' });
});
afterAll(() => server.stop());

describe('a request that names a split key which does not exist', () => {
  it.each(ZAUTH_DIALECTS)('takes no worker, whatever its partial is, in the $dialect dialect', async (dialect) => {
    const stranger = zauthWithoutToken(server, dialect);
    const key = await foreignSplitKey();
    const right = (await walletClient()).sign(key.userShare, HASH);
    const noPoints = NO_SIGNATURES.slice(0, 3).map(({ text }) => text());
    const before = await jobsGiven(server);
    for (const partial of [right, ...noPoints]) {
      const pay = transfer({ client_id: key.clientId, client_key: key.clientKey });
      for (const answer of [
        await sendMessage(stranger, key, HASH, partial),
        await sendTransaction(stranger, key, bodyOf(pay, partial)),
      ]) {
        expectRefusal(dialect, answer, 'SPLIT_KEY.UNKNOWN', dialect.unknownSplitKey);
      }
    }
    expect(await jobsGiven(server)).toBe(before);
  });

  it('takes no place: of many at once none finds too little room, and an owner signs among them', async () => {
    const { key } = await splitWallet(server.as('alice'));
    const unknown = await foreignSplitKey();
    const partial = (await walletClient()).sign(unknown.userShare, HASH);
    const stranger = new UnpooledClient(server.url);
    const many = Array.from({ length: 64 }, () => sendMessage(stranger, unknown, HASH, partial));
    const [signed, ...answers] = await Promise.all([signMessage(server.anonymous(), heldKey(key), HASH), ...many]);
    expect(signed.status).toBe(200);
    expect(new Set(answers.map(({ json }) => (json as { code: string }).code))).toEqual(new Set(['SPLIT_KEY.UNKNOWN']));
  });
});
