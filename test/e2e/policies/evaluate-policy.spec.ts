import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../../support/api-client.js';
import type { ApiClient } from '../../support/api-client.js';
import { everyRowOf } from '../../support/database-state.js';
import { freshUser } from '../../support/dialects.js';
import { evaluatePolicy, failing, keyOwner, naming, putPolicy } from '../../support/policies.js';
import type { KeyOwner, WireEvaluation } from '../../support/policies.js';
import { heldKey, sendTransaction, signMessage, signTransaction } from '../../support/signing-calls.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import {
  A_PLAIN_ADDRESS,
  bodyOf,
  contractCall,
  hashOf,
  STORAGE_CONTRACT,
  transfer,
} from '../../support/transactions.js';
import type { TestTransaction } from '../../support/transactions.js';
import { sha3, walletClient } from '../../support/wallet-client.js';

let server: TestServer;
let owner: KeyOwner;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  owner = await keyOwner(server);
});
afterAll(() => server.stop());

const LIMITED = {
  limits: [{ kind: 'rolling', window_seconds: 3_600, max_value: '50', max_count: 3 }],
  messages: 'none',
};

let nonce = 0;

function transferOf(value: string, changed: Partial<TestTransaction> = {}): TestTransaction {
  const { client_id, client_key } = owner.key;
  return { ...transfer({ client_id, client_key }, value), transaction_nonce: String((nonce += 1)), ...changed };
}

/** The body's text: numbers as they are, without hash and signature, unless the transaction is to have one. */
function asking(transaction: TestTransaction, more: object = {}, hash?: string): string {
  const exact = bodyOf(transaction, '')
    .replace(/"hash":"[0-9a-f]{64}",/, hash === undefined ? '' : `"hash":"${hash}",`)
    .replace('"signature":"",', '');
  expect([exact.includes('"hash"'), exact.includes('"signature"')]).toEqual([hash !== undefined, false]);
  const members = Object.entries(more).map(([name, value]) => `,${JSON.stringify(name)}:${JSON.stringify(value)}`);
  return `{"transaction":${exact}${members.join('')}}`;
}

const evaluated = async (body: unknown, by: Pick<KeyOwner, 'client' | 'key'> = owner): Promise<WireEvaluation> =>
  successOf<WireEvaluation>(await evaluatePolicy(by, body));

const sign = (transaction: TestTransaction) => signTransaction(server.anonymous(), heldKey(owner.key), transaction);

describe('POST /policy/evaluate', () => {
  it('says of a transaction without hash and signature what signing then decides', async () => {
    successOf(await putPolicy(owner, { ...LIMITED, operations: ['transfer'], max_value: '40' }));
    for (const transaction of [
      transferOf('40'),
      transferOf('41'),
      contractCall(owner.key, STORAGE_CONTRACT, 'read_redeem'),
      transferOf('11'),
      transferOf('10'),
      transferOf('0'),
      transferOf('18446744073709551615'),
    ]) {
      const foreseen = await evaluated(asking(transaction));
      const answer = await sign(transaction);
      expect([transaction, foreseen.allowed]).toEqual([transaction, answer.status === 200]);
      // A rule that fails whatever was signed is told before the limits are looked at.
      if (answer.status !== 200) expect(foreseen.message.startsWith(problemOf(answer).detail)).toBe(true);
      expect(foreseen.revision).toBe(2);
    }
  });

  it('tells what is left and when more is free, to the second', async () => {
    successOf(await putPolicy(owner, LIMITED));
    successOf(await sign(transferOf('20')));
    const first = server.clock.nowMilliseconds();
    server.clock.advanceSeconds(100);
    successOf(await sign(transferOf('25')));
    const second = server.clock.nowMilliseconds();
    const use = { used_value: '45', left_value: '5', max_value: '50', used_count: 2, left_count: 1, max_count: 3 };
    const after = (milliseconds: number): number => Math.ceil(milliseconds / 1000) + 3_600;
    const fits = await evaluated(asking(transferOf('5')));
    expect(fits).toMatchObject({ allowed: true, limits: [{ ...use, next_free_at: after(first) }] });
    const above = await evaluated(asking(transferOf('6')));
    expect(above).toMatchObject({ allowed: false, limits: [{ ...use, next_free_at: after(first) }] });
    const later = await evaluated(asking(transferOf('26')));
    expect(later).toMatchObject({ allowed: false, limits: [{ ...use, next_free_at: after(second) }] });
    expect(await evaluated(asking(transferOf('51')))).toMatchObject({ limits: [{ ...use, next_free_at: null }] });
    // At that second it is signed, and a second earlier it is not.
    const asked = transferOf('26');
    server.clock.setMilliseconds((after(second) - 1) * 1000);
    expect((await sign(asked)).status).toBe(400);
    server.clock.setMilliseconds(after(second) * 1000);
    const returned = { ...owner, client: naming(server.as(owner.user.id), owner.key) };
    expect((await evaluated(asking(asked), returned)).allowed).toBe(true);
    successOf(await sign(asked));
  });

  it('says of a message what signing then decides, by its hash, its text, or both', async () => {
    successOf(await putPolicy(owner, { max_value: '1', messages: 'typed' }));
    const text = 'log in as alice';
    for (const body of [{ message: text }, { hash: sha3(text), message: text }]) {
      expect((await evaluated(body)).allowed).toBe(true);
    }
    const untold = await evaluated({ hash: sha3(text) });
    expect([untold.allowed, failing(untold)]).toEqual([false, ['messages']]);
    const answer = await signMessage(server.anonymous(), heldKey(owner.key), sha3(text));
    expect(untold.message).toBe(problemOf(answer).detail);
    expect(problemOf(await evaluatePolicy(owner, { hash: sha3('another'), message: text })).code).toBe(
      'MESSAGE.HASH_MISMATCH',
    );
  });

  it('judges by a proposed policy, with what was signed before it, and leaves the one in force', async () => {
    successOf(await sign(transferOf('30')));
    const policy = { limits: [{ kind: 'total', max_value: '50' }] };
    const asked = transferOf('21');
    const proposed = await evaluated(asking(asked, { policy }));
    expect(proposed).toMatchObject({
      allowed: false,
      revision: null,
      limits: [{ kind: 'total', used_value: '30', left_value: '20', used_count: 1 }],
    });
    expect(proposed.exposure).toMatchObject({ tokens_until_end: '20' });
    expect(await evaluated(asking(asked))).toMatchObject({ allowed: true, revision: 1, limits: [] });
    // And so it is when it has come into force.
    successOf(await putPolicy(owner, policy));
    const { raises, ...answer } = proposed;
    expect(raises).toEqual([]);
    expect(await evaluated(asking(asked))).toEqual({ ...answer, revision: 2 });
    const looser = { limits: [{ kind: 'total', max_value: '60' }] };
    expect((await evaluated(asking(asked, { policy: looser }))).raises).toEqual([
      'it can move 0.000000003 ZCN in 24 hours instead of 0.000000002 ZCN',
      'it can move 0.000000003 ZCN in 30 days instead of 0.000000002 ZCN',
      'it can move 0.000000003 ZCN until it ends instead of 0.000000002 ZCN',
    ]);
    const other = { limits: [...policy.limits, { kind: 'total', max_count: 1, of: 'all' }] };
    expect(failing(await evaluated(asking(transferOf('1'), { policy: other })))).toEqual(['limits[1]']);
  });

  it('keeps the end of the split key for a proposed policy that says none', async () => {
    const end = server.clock.nowSeconds() + 10;
    successOf(await putPolicy(owner, { expires_at: end }));
    const proposed = await evaluated({ hash: sha3('m'), policy: {} });
    expect(proposed.exposure).toMatchObject({ ends_at: end });
    expect((await evaluated({ hash: sha3('m'), policy: { expires_at: 0 } })).exposure).toMatchObject({ ends_at: null });
    const never = await evaluatePolicy(owner, { hash: sha3('m'), policy: { not_before: end } });
    expect(problemOf(never).code).toBe('REQUEST.INVALID_FIELD');
  });

  it('takes a policy with 1,000 recipients beside a value that no double holds', async () => {
    const recipients = Array.from({ length: 1_000 }, (_, index) => index.toString(16).padStart(64, 'a'));
    const asked = asking(transferOf('18446744073709551615'), { policy: { recipients } });
    expect(failing(await evaluated(asked))).toEqual(['recipients']);
    const more = asking(transferOf('18446744073709551615'), {
      policy: { recipients: [...recipients.slice(1), A_PLAIN_ADDRESS] },
    });
    expect((await evaluated(more)).allowed).toBe(true);
  });

  it('answers no of a split key that is revoked', async () => {
    successOf(await owner.user.documented.post(`/revoke/${owner.key.client_id}`, { public_key: owner.key.public_key }));
    const foreseen = await evaluated({ hash: sha3('m') });
    expect([foreseen.allowed, failing(foreseen)]).toEqual([false, ['standing']]);
  });

  it('changes no row of the database', async () => {
    successOf(await putPolicy(owner, LIMITED));
    successOf(await sign(transferOf('1')));
    const before = await everyRowOf(server);
    await evaluated(asking(transferOf('1')));
    await evaluated(asking(transferOf('100')));
    await evaluated(asking(transferOf('1'), { policy: { limits: [{ kind: 'total', max_count: 1, of: 'all' }] } }));
    expect(await everyRowOf(server)).toEqual(before);
  });
});

describe('who may evaluate', () => {
  const share = async (recipient: string): Promise<void> => {
    const body = { public_key: owner.key.public_key, target_user_id: recipient, replace: true };
    successOf(await owner.user.documented.post('/share', body));
  };
  const as = (client: ApiClient): Pick<KeyOwner, 'client' | 'key'> => ({
    client: naming(client, owner.key),
    key: owner.key,
  });

  it('is the owner and the present recipient, who may propose nothing', async () => {
    const [recipient, next] = [freshUser(server, 'recipient'), freshUser(server, 'next')];
    const ask = (body: unknown = { hash: sha3('m') }) => evaluatePolicy(as(recipient.documented), body);
    expect(problemOf(await ask()).code).toBe('SPLIT_KEY.UNKNOWN');
    await share(recipient.id);
    expect(successOf<WireEvaluation>(await ask())).toMatchObject({ allowed: true, revision: 1 });
    const proposed = problemOf(await ask({ hash: sha3('m'), policy: {} }));
    expect(proposed).toMatchObject({ code: 'REQUEST.INVALID_FIELD', field: 'policy' });
    await share(next.id);
    expect(problemOf(await ask()).code).toBe('SPLIT_KEY.UNKNOWN');
    expect((await evaluatePolicy(as(server.anonymous()), { hash: sha3('m') })).status).toBe(401);
  });
});

describe('what cannot be evaluated', () => {
  const HASH = sha3('m');
  it.each([
    ['neither of both', {}, 'transaction'],
    ['both', () => asking(transferOf('1'), { hash: HASH }), 'transaction'],
    ['no transaction', { transaction: 'text' }, 'transaction'],
    ['a list', { transaction: [] }, 'transaction'],
    ['a value in quotes', () => asking(transferOf('"1"')), 'transaction.transaction_value'],
    ["another's transaction", () => asking(transferOf('1', { client_id: '0'.repeat(64) })), 'transaction.client_id'],
    ['no digits', { hash: 'xy' }, 'hash'],
    ['no text', { hash: HASH, message: 7 }, 'message'],
    ['a policy that is none', { hash: HASH, policy: [] }, 'policy'],
    ['a policy with a fault', { hash: HASH, policy: { max_value: 1 } }, 'policy.max_value'],
  ])('is refused by name: %s', async (_, body, field) => {
    const answer = await evaluatePolicy(owner, typeof body === 'function' ? body() : body);
    expect(problemOf(answer)).toMatchObject({ code: 'REQUEST.INVALID_FIELD', field });
  });

  it('is refused: another hash, an unknown field, no JSON', async () => {
    const wrong = problemOf(await evaluatePolicy(owner, asking(transferOf('1'), {}, HASH)));
    expect(wrong).toMatchObject({ code: 'TRANSACTION.HASH_MISMATCH', field: 'transaction.hash' });
    expect(problemOf(await evaluatePolicy(owner, { hash: HASH, hush: 1 })).code).toBe('REQUEST.UNKNOWN_FIELD');
    expect(problemOf(await evaluatePolicy(owner, '{')).code).toBe('REQUEST.MALFORMED_JSON');
    const right = transferOf('1');
    expect((await evaluated(asking(right, {}, hashOf(right)))).allowed).toBe(true);
  });
});

it('agrees with a dry run', async () => {
  successOf(await putPolicy(owner, LIMITED));
  const asked = transferOf('51');
  const body = bodyOf(asked, (await walletClient()).sign(owner.key.private_key, hashOf(asked)));
  const dry = await sendTransaction(server.anonymous(), heldKey(owner.key), body, '/sign/txn?dry_run=1');
  expect(await evaluated(asking(asked))).toEqual(successOf(dry));
});
