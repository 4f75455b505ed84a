import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import type { Answer } from '../../support/api-client.js';
import { keyOwner, naming, putPolicy, readPolicy } from '../../support/policies.js';
import type { KeyOwner, WirePolicy } from '../../support/policies.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { bodyOf, hashOf, transfer } from '../../support/transactions.js';
import { walletClient } from '../../support/wallet-client.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** Each nonce another transaction. */
async function pay({ key }: KeyOwner, value: string, nonce: number): Promise<Answer> {
  const transaction = { ...transfer(key, value), transaction_nonce: String(nonce) };
  const signature = (await walletClient()).sign(key.private_key, hashOf(transaction));
  const holder = server.anonymous().with({ 'X-Peer-Public-Key': key.public_key });
  return holder.post('/sign/txn', bodyOf(transaction, signature));
}

const A_DAY = { kind: 'rolling', window_seconds: 86_400, max_value: '100' };
const perDay = (more: object = {}): object => ({
  operations: ['transfer'],
  limits: [{ ...A_DAY, ...more }],
  messages: 'none',
});

describe('what a policy shows as used', () => {
  it('is what was signed, also before there was a limit, and leaves the window with it', async () => {
    const owner = await keyOwner(server);
    successOf(await pay(owner, '30', 1));
    const { limits, exposure } = successOf<WirePolicy>(await putPolicy(owner, perDay()));
    expect(limits).toMatchObject([{ used_value: '30', left_value: '70', used_count: 1 }]);
    const signedAtMs = server.clock.nowMilliseconds();
    expect(exposure).toMatchObject({ tokens_today: '100' });
    server.clock.advanceSeconds(60);
    successOf(await pay(owner, '50', 2));
    expect((await readPolicy(owner)).limits).toMatchObject([
      { used_value: '80', left_value: '20', used_count: 2, next_free_at: Math.ceil(signedAtMs / 1000) + 86_400 },
    ]);
    expect((await pay(owner, '21', 3)).json).toMatchObject({ code: 'SIGNING.NOT_ALLOWED', rule: 'limits[0]' });
    server.clock.advanceSeconds(86_400 - 60);
    // The token has not lived so long.
    const later = { ...owner, client: naming(server.as(owner.user.id), owner.key) };
    expect((await readPolicy(later)).limits).toMatchObject([{ used_value: '50', left_value: '50', used_count: 1 }]);
  });

  it('is looked at when it is said what a policy raises', async () => {
    const owner = await keyOwner(server);
    const total = (most: string): object => perDay({ kind: 'total', window_seconds: undefined, max_value: most });
    successOf(await putPolicy(owner, total('100')));
    successOf(await pay(owner, '40', 1));
    const raised = successOf<WirePolicy>(await putPolicy(owner, total('110'), 2));
    expect(raised.raises?.[0]).toBe('it can move 0.000000007 ZCN in 24 hours instead of 0.000000006 ZCN');
    expect(raised.exposure).toMatchObject({ tokens_until_end: '70' });
  });

  it('is everything of a key that has signed more than one write catches up with', async () => {
    const owner = await keyOwner(server);
    const most = 530;
    for (let nonce = 0; nonce < most; nonce += 53) {
      const some = Array.from({ length: 53 }, (_, index) => pay(owner, '1', nonce + index + 1));
      for (const answer of await Promise.all(some)) successOf(answer);
    }
    const { limits } = successOf<WirePolicy>(await putPolicy(owner, perDay({ max_value: '531' })));
    expect(limits).toMatchObject([{ used_value: String(most), left_value: '1', used_count: most }]);
    successOf(await pay(owner, '1', most + 1));
    expect((await pay(owner, '1', most + 2)).status).toBe(400);
  });
});
