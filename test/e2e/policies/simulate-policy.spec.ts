import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../../support/api-client.js';
import type { Answer } from '../../support/api-client.js';
import { everyRowOf } from '../../support/database-state.js';
import { freshUser } from '../../support/dialects.js';
import { keyOwner, naming, putPolicy } from '../../support/policies.js';
import type { KeyOwner } from '../../support/policies.js';
import { heldKey, signMessage, signTransaction } from '../../support/signing-calls.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { A_PLAIN_ADDRESS, contractCall, hashOf, STORAGE_CONTRACT, transfer } from '../../support/transactions.js';
import type { TestTransaction } from '../../support/transactions.js';
import { sha3 } from '../../support/wallet-client.js';

/** What the call answers, as a client sees it. */
interface Simulation {
  readonly judged: number;
  readonly unknown: number;
  readonly newly_allowed: readonly Judged[];
  readonly newly_refused: readonly Judged[];
}

interface Judged {
  readonly at: number;
  readonly hash: string;
  readonly value: string | null;
  readonly rule: string | null;
}

let server: TestServer;
let owner: KeyOwner;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  owner = await keyOwner(server);
});
afterAll(() => server.stop());

let nonce = 0;
const transferOf = (value: string): TestTransaction => ({
  ...transfer(owner.key, value),
  transaction_nonce: String((nonce += 1)),
});

const sign = (transaction: TestTransaction): Promise<Answer> =>
  signTransaction(server.anonymous(), heldKey(owner.key), transaction);

const simulate = (body: unknown, { client, key }: Pick<KeyOwner, 'client' | 'key'> = owner): Promise<Answer> =>
  client.post(`/policy/simulate/${key.client_id}`, body);

async function simulated(policy: unknown, last?: number): Promise<Simulation> {
  return successOf<Simulation>(await simulate({ policy, ...(last === undefined ? {} : { last }) }));
}

const valuesOf = (judged: readonly Judged[]): (string | null)[] => judged.map(({ value }) => value);

describe('POST /policy/simulate', () => {
  it('says which signatures the policy would have refused, by what rule, the oldest first', async () => {
    const asked = [transferOf('5'), transferOf('15'), transferOf('25')];
    const times: number[] = [];
    for (const transaction of asked) {
      successOf(await sign(transaction));
      times.push(server.clock.nowSeconds());
      server.clock.advanceSeconds(10);
    }
    const call = contractCall(owner.key, STORAGE_CONTRACT, 'read_redeem');
    successOf(await sign(call));
    expect(await simulated({ operations: ['transfer'], max_value: '10' })).toStrictEqual({
      judged: 4,
      unknown: 0,
      newly_allowed: [],
      newly_refused: [
        ...asked.slice(1).map((transaction, index) => ({
          at: times[index + 1],
          kind: 'transaction',
          hash: hashOf(transaction),
          operation: 'transfer',
          value: transaction.transaction_value,
          to_client_id: A_PLAIN_ADDRESS,
          rule: 'max_value',
          reason: 'above-max-value',
        })),
        expect.objectContaining({
          operation: 'storage:read_redeem',
          rule: 'operations',
          to_client_id: STORAGE_CONTRACT,
        }),
      ],
    });
  });

  it('counts for its limits what it would have allowed, and nothing else', async () => {
    for (const value of ['6', '7', '4', '1']) {
      successOf(await sign(transferOf(value)));
      server.clock.advanceSeconds(10);
    }
    const rolling = (seconds: number) => ({ limits: [{ kind: 'rolling', window_seconds: seconds, max_value: '10' }] });
    // 7 is not counted, since it would not have been signed; then 4 fits.
    expect(valuesOf((await simulated(rolling(3_600))).newly_refused)).toEqual(['7', '1']);
    expect(valuesOf((await simulated(rolling(10))).newly_refused)).toEqual([]);
    expect(valuesOf((await simulated(rolling(11))).newly_refused)).toEqual(['7']);
    // The history begins with the first that is judged.
    expect(await simulated(rolling(3_600), 2)).toMatchObject({ judged: 2, newly_refused: [] });
  });

  it('says which refusals would have been approved, and which rule refused them', async () => {
    successOf(await putPolicy(owner, { max_value: '10', messages: 'none' }));
    const [first, second] = [transferOf('11'), transferOf('100')];
    expect([(await sign(first)).status, (await sign(second)).status]).toEqual([400, 400]);
    expect((await signMessage(server.anonymous(), heldKey(owner.key), sha3('m'))).status).toBe(400);
    const { judged, newly_allowed, newly_refused } = await simulated({ max_value: '50', messages: 'any' });
    expect([judged, newly_refused]).toEqual([3, []]);
    expect(newly_allowed).toMatchObject([
      { hash: hashOf(first), rule: 'max_value', reason: 'above-max-value' },
      { hash: sha3('m'), kind: 'message', operation: null, value: null, rule: 'messages' },
    ]);
  });

  it('leaves refused what was refused for another reason, and does not judge what it does not know', async () => {
    successOf(await sign(transferOf('1')));
    // A wrong hash has no facts.
    await signTransaction(server.anonymous(), heldKey(owner.key), transferOf('2'), sha3('another'));
    successOf(await owner.user.documented.post(`/revoke/${owner.key.client_id}`, { public_key: owner.key.public_key }));
    await sign(transferOf('3'));
    expect(await simulated({})).toStrictEqual({ judged: 2, unknown: 1, newly_allowed: [], newly_refused: [] });
  });

  it('changes no row of the database', async () => {
    successOf(await sign(transferOf('1')));
    const before = await everyRowOf(server);
    await simulated({ limits: [{ kind: 'total', max_count: 1, of: 'all' }] });
    expect(await everyRowOf(server)).toEqual(before);
  });

  it('is for the owner alone', async () => {
    const [recipient, stranger] = [freshUser(server, 'recipient'), freshUser(server, 'stranger')];
    const share = { public_key: owner.key.public_key, target_user_id: recipient.id };
    successOf(await owner.user.documented.post('/share', share));
    for (const { documented } of [recipient, stranger]) {
      const answer = await simulate({ policy: {} }, { client: naming(documented, owner.key), key: owner.key });
      expect(problemOf(answer).code).toBe('SPLIT_KEY.UNKNOWN');
    }
  });

  it.each([
    [{}, 'policy'],
    [{ policy: [] }, 'policy'],
    [{ policy: { max_value: '-1' } }, 'policy.max_value'],
    [{ policy: {}, last: 0 }, 'last'],
    [{ policy: {}, last: 1_001 }, 'last'],
    [{ policy: {}, last: 1.5 }, 'last'],
    [{ policy: {}, last: '1' }, 'last'],
  ])('refuses %j by name', async (body, field) => {
    expect(problemOf(await simulate(body))).toMatchObject({ code: 'REQUEST.INVALID_FIELD', field });
  });

  it('takes null and 1,000 for how many', async () => {
    for (const last of [null, 1_000])
      expect(successOf(await simulate({ policy: {}, last }))).toMatchObject({ judged: 0 });
  });
});
