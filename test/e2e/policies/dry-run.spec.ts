import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../../support/api-client.js';
import type { Answer } from '../../support/api-client.js';
import { everyRowOf } from '../../support/database-state.js';
import { plainLineOf } from '../../support/dialects.js';
import { givePolicy } from '../../support/given-policy.js';
import { failing } from '../../support/policies.js';
import type { WireEvaluation } from '../../support/policies.js';
import { heldKey, sendTransaction, signTransaction } from '../../support/signing-calls.js';
import type { HeldKey } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { bodyOf, hashOf, transfer } from '../../support/transactions.js';
import { sha3, walletClient } from '../../support/wallet-client.js';
import type { WireWallet } from '../../support/wire-types.js';
import { expectRefusal, expectRefusedField, ZAUTH_DIALECTS, zauthWithoutToken } from '../../support/zauth-dialects.js';
import type { ZauthDialect } from '../../support/zauth-dialects.js';

let server: TestServer;
let wallet: WireWallet;
let key: HeldKey;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  const made = await splitWallet(server.as('alice'));
  wallet = made.wallet;
  key = heldKey(made.key);
});
afterAll(() => server.stop());

const partial = async (hash: string): Promise<string> => (await walletClient()).sign(key.userShare, hash);

async function dryMessage(
  dialect: ZauthDialect,
  hash: string,
  signature?: string,
  query = 'dry_run=1',
): Promise<Answer> {
  return zauthWithoutToken(server, dialect)
    .with({ 'X-Peer-Public-Key': key.userPublicKey })
    .post(`/sign/msg?${query}`, { hash, signature: signature ?? (await partial(hash)), client_id: key.clientId });
}

async function dryTransaction(dialect: ZauthDialect, value?: string, query = 'dry_run=1'): Promise<Answer> {
  const asked = transfer(wallet, value);
  const body = bodyOf(asked, await partial(hashOf(asked)));
  return sendTransaction(zauthWithoutToken(server, dialect), key, body, `/sign/txn?${query}`);
}

describe.each(ZAUTH_DIALECTS)('a dry run in the $dialect dialect', (dialect) => {
  it('says of a transaction that it would be signed, and then it is', async () => {
    const answer = await dryTransaction(dialect);
    const foreseen = successOf<WireEvaluation>(answer);
    expect(foreseen).toMatchObject({ allowed: true, revision: 1, limits: [] });
    expect(foreseen.rules[0]).toMatchObject({ rule: 'standing', holds: true });
    expect(foreseen.message).toBe('every rule holds: this may be signed');
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    successOf(await signTransaction(zauthWithoutToken(server, dialect), key, transfer(wallet)));
  });

  it('says of a message what stands against it, rule by rule, and what the key can do', async () => {
    await givePolicy(server, key, { operations: ['transfer'], max_value: '5', messages: 'typed' });
    const foreseen = successOf<WireEvaluation>(await dryMessage(dialect, sha3('a message')));
    expect(foreseen.allowed).toBe(false);
    expect(failing(foreseen)).toEqual(['messages']);
    expect(foreseen.message).toContain('message-without-text');
    expect(foreseen.exposure).toMatchObject({ calls: ['transfer'], messages_can_be_transactions: false });
  });

  it('answers 200 of a split key that is revoked, or has expired', async () => {
    await givePolicy(server, key, { expires_at: server.clock.nowSeconds() });
    const expired = successOf<WireEvaluation>(await dryTransaction(dialect));
    expect([expired.allowed, failing(expired)]).toEqual([false, ['expires_at']]);
    await givePolicy(server, key, {});
    const revoked = server.as('alice').post(`/revoke/${key.clientId}`, { public_key: key.userPublicKey });
    successOf(await revoked);
    const foreseen = successOf<WireEvaluation>(await dryTransaction(dialect));
    expect([foreseen.allowed, failing(foreseen)]).toEqual([false, ['standing']]);
    expect(foreseen.exposure).toMatchObject({ tokens_until_end: '0' });
  });

  it('changes no row of the database, whatever it answers, with a token and without', async () => {
    const before = await everyRowOf(server);
    successOf(await dryTransaction(dialect));
    successOf(await dryMessage(dialect, sha3('a message')));
    expectRefusal(
      dialect,
      await dryMessage(dialect, sha3('a message'), await partial(sha3('another'))),
      'SIGNING.PARTIAL_INVALID',
    );
    const asked = transfer(wallet);
    const another = sha3('another');
    const body = bodyOf(asked, await partial(another), another);
    for (const client of [server.anonymous(), server.as('alice')]) {
      const prefixed = client.with({ 'X-Peer-Public-Key': key.userPublicKey });
      const answer = await prefixed.post(`${dialect.prefix}/sign/txn?dry_run=1`, body);
      expectRefusal(dialect, answer, 'TRANSACTION.HASH_MISMATCH');
      expect((await prefixed.post(`${dialect.prefix}/sign/msg?dry_run=1`, '{')).status).toBe(400);
    }
    expect(await everyRowOf(server)).toEqual(before);
  });

  it('tells who does not hold the key what signing tells them', async () => {
    await givePolicy(server, key, { operations: [] });
    const wrong = await partial(sha3('another'));
    expectRefusal(dialect, await dryMessage(dialect, sha3('a message'), wrong), 'SIGNING.PARTIAL_INVALID');
    key = { ...key, clientId: '0'.repeat(64) };
    expectRefusal(dialect, await dryMessage(dialect, sha3('a message')), 'SPLIT_KEY.UNKNOWN', dialect.unknownSplitKey);
  });

  it.each([
    'dry_run=0',
    'dry_run=true',
    'dry_run=',
    'dry_run',
    'dry_run=1&dry_run=1',
    'dry_run=1&dry_run=0',
    'dry_run=01',
  ])('refuses ?%s and signs nothing', async (query) => {
    expectRefusedField(dialect, await dryTransaction(dialect, undefined, query), 'dry_run');
    expectRefusedField(dialect, await dryMessage(dialect, sha3('a message'), undefined, query), 'dry_run');
    const used = successOf<{ last_used: number }>(
      await server.as('alice').with({ 'X-Peer-Public-Key': key.userPublicKey }).get(`/key/${key.clientId}`),
    );
    expect(used.last_used).toBe(0);
  });

  it('takes the name however it is encoded, and leaves other parameters alone', async () => {
    expect(successOf<WireEvaluation>(await dryTransaction(dialect, undefined, 'dry%5Frun=%31')).allowed).toBe(true);
    expect(
      successOf<WireEvaluation>(await dryTransaction(dialect, undefined, 'reply=transaction&dry_run=1')).allowed,
    ).toBe(true);
    expect(successOf(await dryTransaction(dialect, undefined, 'other=1'))).toEqual(
      expect.stringMatching(/^[0-9a-f]{64}$/),
    );
  });
});

it('counts dry runs by what came of them, and not among signatures', async () => {
  const counted = async (name: string): Promise<number> => {
    const { text } = await server.anonymous().get('/metrics');
    return Number(
      text
        .split('\n')
        .find((line) => line.startsWith(name))
        ?.split(' ')
        .at(-1) ?? 0,
    );
  };
  const names = ['allowed', 'not_allowed', 'denied'].map(
    (outcome) => `kms_evaluations_total{call="dry_run",outcome="${outcome}"}`,
  );
  const signed = 'kms_signing_outcomes_total{kind="transaction"';
  const before = [await counted(signed), ...(await Promise.all(names.map(counted)))];
  const [dialect] = ZAUTH_DIALECTS as [ZauthDialect];
  successOf(await dryTransaction(dialect));
  await givePolicy(server, key, { operations: [] });
  successOf(await dryTransaction(dialect));
  await dryMessage(dialect, sha3('a message'), await partial(sha3('another')));
  const after = [await counted(signed), ...(await Promise.all(names.map(counted)))];
  expect(after.map((number, index) => number - (before[index] ?? 0))).toEqual([0, 1, 1, 1]);
});

it('limits how often something new is asked for each split key, and keeps nobody from signing', async () => {
  const limited = await startTestServer({ RATE_REFUSALS_PER_SPLIT_KEY: '1', RATE_BURST_SECONDS: '5' });
  try {
    const made = await splitWallet(limited.as('alice'));
    const held = heldKey(made.key);
    const client = await walletClient();
    const ask = (name: string, query = '?dry_run=1', prefix = '') =>
      limited
        .anonymous()
        .with({ 'X-Peer-Public-Key': held.userPublicKey })
        .post(`${prefix}/sign/msg${query}`, {
          hash: sha3(name),
          signature: client.sign(held.userShare, sha3(name)),
          client_id: held.clientId,
        });
    successOf(await ask('first'));
    const statuses = [];
    for (let index = 0; index < 25; index += 1) statuses.push((await ask(`dry ${index}`)).status);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(5);
    let [last, asked] = [await ask('one more'), 0];
    while (last.status !== 429 && asked < 100) last = await ask(`${(asked += 1)} more`);
    expect(problemOf(last, 429).code).toBe('RATE.LIMITED');
    expect(successOf<WireEvaluation>(await ask('first')).allowed).toBe(true);
    successOf(await ask('signed', ''));
    let inSdk = await ask('in sdk', '?dry_run=1', '/zauth');
    while (inSdk.status !== 429 && asked < 200) inSdk = await ask(`${(asked += 1)} more`, '?dry_run=1', '/zauth');
    expect(plainLineOf(inSdk, 429)).toBe('too many requests; try again shortly');
  } finally {
    await limited.stop();
  }
});
