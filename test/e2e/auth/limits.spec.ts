import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../../support/api-client.js';
import type { Answer } from '../../support/api-client.js';
import { plainLineOf } from '../../support/dialects.js';
import { keyWithPolicy, putPolicy, revisionOf } from '../../support/key-with-policy.js';
import { signTransaction } from '../../support/signing-calls.js';
import type { HeldKey } from '../../support/signing-calls.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { hashOf, transfer } from '../../support/transactions.js';
import { walletClient } from '../../support/wallet-client.js';
import type { WireWallet } from '../../support/wire-types.js';
import { DOCUMENTED, SDK, ZAUTH_DIALECTS, zauthWithoutToken } from '../../support/zauth-dialects.js';

const ZCN = 10_000_000_000n;

let server: TestServer;
beforeAll(async () => {
  // Some of these tests have hundreds refused.
  server = await startTestServer({ RATE_REFUSALS_PER_SPLIT_KEY: '0' });
});
afterAll(() => server.stop());

let nonce = 0;

interface Holder {
  readonly wallet: WireWallet;
  readonly key: HeldKey;
}

/** A transfer like no other before it. */
function pay({ wallet, key }: Holder, valueSas: bigint, dialect = DOCUMENTED): Promise<Answer> {
  nonce += 1;
  const transaction = { ...transfer(wallet, String(valueSas)), transaction_nonce: String(nonce) };
  return signTransaction(zauthWithoutToken(server, dialect), key, transaction);
}

const approvedOf = (answers: readonly Answer[]): number => answers.filter(({ status }) => status === 200).length;

const times = <T>(count: number, ask: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, ask));

describe('limits over HTTP', () => {
  it('let exactly 100 of 200 through, in both dialects together', async () => {
    const holder = await keyWithPolicy(server.as('alice'), { limits: [{ kind: 'total', max_count: 100 }] });
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) => pay(holder, 1n, ZAUTH_DIALECTS[index % ZAUTH_DIALECTS.length])),
    );
    expect(approvedOf(answers)).toBe(100);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(100);
  });

  it('let exactly one of 64 through in each round, with a signature that verifies', async () => {
    const limits = [{ kind: 'rolling', window_seconds: 60, max_value: String(3n * ZCN) }];
    const holder = await keyWithPolicy(server.as('alice'), { limits });
    for (let round = 0; round < 4; round += 1) {
      const answers = await times(64, () => pay(holder, 2n * ZCN));
      expect([round, approvedOf(answers)]).toEqual([round, 1]);
      server.clock.advanceSeconds(60);
    }
  });

  it('name what they allow, what was asked for, and when it will be possible', async () => {
    // Times are told in whole seconds, rounded up.
    server.clock.setMilliseconds(server.clock.nowSeconds() * 1000);
    const limits = [{ kind: 'rolling', window_seconds: 3600, max_value: String(10n * ZCN) }];
    const holder = await keyWithPolicy(server.as('alice'), { limits });
    expect((await pay(holder, 8n * ZCN)).status).toBe(200);
    server.clock.advanceSeconds(600);
    const refused = await pay(holder, 3n * ZCN);
    expect(refused.headers.get('retry-after')).toBe('3000');
    expect(problemOf(refused, 400)).toMatchObject({
      code: 'SIGNING.NOT_ALLOWED',
      rule: 'limits[0]',
      reason: 'limit-reached',
      retry_after_seconds: 3000,
    });
    expect(refused.text).toContain('value 3 ZCN is above the 2 ZCN left of the 10 ZCN that may move in any 1 hour');
    const line = plainLineOf(await pay(holder, 3n * ZCN, SDK), 400);
    expect(line).toContain('limit-reached: value 3 ZCN is above the 2 ZCN left');
    const never = await pay(holder, 11n * ZCN);
    expect(never.headers.get('retry-after')).toBeNull();
    expect(problemOf(never, 400)).toMatchObject({ reason: 'above-limit' });
    // The waiting room holds back whoever does not keep to a Retry-After of its own, and not of these.
    expect((await pay(holder, 2n * ZCN)).status).toBe(200);
    server.clock.advanceSeconds(3000);
    expect((await pay(holder, 8n * ZCN)).status).toBe(200);
  });

  it('answer the same transaction again without counting it, byte for byte', async () => {
    const holder = await keyWithPolicy(server.as('alice'), { limits: [{ kind: 'total', max_count: 1 }] });
    const transaction = { ...transfer(holder.wallet, '5'), transaction_nonce: '7' };
    const answers = await times(40, () => signTransaction(server.anonymous(), holder.key, transaction));
    expect(approvedOf(answers)).toBe(40);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    const [answer] = answers;
    if (answer === undefined) throw new Error('nothing was answered');
    const client = await walletClient();
    const signature = successOf<string>(answer);
    expect(client.verify(holder.wallet.client_key, hashOf(transaction), signature)).toBe(true);
    expect((await pay(holder, 5n)).status).toBe(400);
  });

  it('hold from the moment that the owner has been told of them, whatever is under way', async () => {
    const owner = server.as('alice');
    const holder = await keyWithPolicy(owner, {});
    const before = times(100, () => pay(holder, 1n));
    const replaced = putPolicy(owner, holder.key, { limits: [{ kind: 'total', max_count: 1 }] }, 1);
    const after = replaced.then(() => times(50, () => pay(holder, 1n)));
    const [answers, put, late] = await Promise.all([before, replaced, after]);
    expect(put.status).toBe(200);
    const signedBefore = approvedOf(answers);
    // What was signed before counts: at most one more, and none if there was one.
    expect(approvedOf(late)).toBe(signedBefore === 0 ? 1 : 0);
  });

  it('are replaced by exactly one of 64 who all replace the same revision, and all is counted as that one says', async () => {
    const owner = server.as('alice');
    const holder = await keyWithPolicy(owner, { limits: [{ kind: 'total', max_count: 5 }] });
    const revision = await revisionOf(owner, holder.key);
    const puts = await Promise.all(
      Array.from({ length: 64 }, (_, index) =>
        putPolicy(owner, holder.key, { limits: [{ kind: 'total', max_count: 6 + index }] }, revision),
      ),
    );
    const won = puts.flatMap(({ status }, index) => (status === 200 ? [index] : []));
    expect(won).toHaveLength(1);
    expect(new Set(puts.map(({ status }) => status))).toEqual(new Set([200, 412]));
    const most = 6 + (won[0] ?? 0);
    expect(approvedOf(await times(most + 20, () => pay(holder, 1n)))).toBe(most);
  });
});
