import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../../support/api-client.js';
import { freshUser } from '../../support/dialects.js';
import { rawRequest } from '../../support/raw-http.js';
import { heldKey, sendMessage, signMessage, signTransaction } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { transfer } from '../../support/transactions.js';
import { sha3, walletClient } from '../../support/wallet-client.js';

const HASH = sha3('a message');

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const metrics = async (): Promise<string> => (await server.anonymous().get('/metrics')).text;

/** The names and labels of every series, without the numbers. */
const seriesOf = (text: string): Set<string> =>
  new Set(
    text
      .split('\n')
      .filter((line) => line.startsWith('kms_'))
      .map((line) => line.replace(/ [^ ]+$/, '')),
  );

async function counted(series: string): Promise<number> {
  const line = (await metrics()).split('\n').find((each) => each.startsWith(`${series} `));
  return line === undefined ? 0 : Number(line.slice(series.length + 1));
}

describe('/health', () => {
  it('says without a token that the process lives', async () => {
    expect(successOf(await server.anonymous().get('/health/live'))).toStrictEqual({ status: 'live' });
  });

  it('says without a token that the service is ready, and warns of nothing when nothing is weakened', async () => {
    expect(successOf(await server.anonymous().get('/health/ready'))).toStrictEqual({
      status: 'ready',
      checks: {
        engine: 'ready',
        database: 'ready',
        clock: 'ready',
        record: 'ready',
        seal: 'ready',
        signing_workers: 'ready',
      },
    });
  });

  it('answers HEAD as GET, without the body', async () => {
    for (const path of ['/health/live', '/health/ready']) {
      const answer = await server.anonymous().send('HEAD', path);
      expect([answer.status, answer.text]).toEqual([200, '']);
    }
  });

  it('looks at no token, not even at a wrong one', async () => {
    for (const path of ['/health/live', '/health/ready', '/metrics', '/restrictions/catalogue']) {
      expect((await server.anonymous().with({ 'X-Jwt-Token': 'rubbish' }).get(path)).status).toBe(200);
    }
  });

  it('answers 503 when the database does not answer, and still lives', async () => {
    const broken = await startTestServer();
    await broken.dataSource().destroy();
    const answer = await broken.anonymous().get('/health/ready');
    expect(successOf(answer, 503)).toStrictEqual({
      status: 'not ready',
      checks: {
        engine: 'ready',
        database: 'not ready',
        clock: 'ready',
        record: 'ready',
        seal: 'ready',
        signing_workers: 'ready',
      },
      reasons: { database: 'a test write failed' },
      warnings: ['checkpoints: it could not be checked'],
    });
    successOf(await broken.anonymous().get('/health/live'));
    await broken.stop();
  });
});

describe('/metrics', () => {
  it('is Prometheus text: every series has a type and a number', async () => {
    const answer = await server.anonymous().get('/metrics');
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const lines = answer.text
      .trim()
      .split('\n')
      .filter((line) => line !== '');
    for (const line of lines)
      expect(line).toMatch(/^(# (HELP|TYPE) \S+ .+|[a-z_][a-z0-9_]*(\{.*\})? (-?[\d.e+-]+|\+Inf|NaN))$/i);
  });

  it('counts requests by method, route pattern and status', async () => {
    const series = 'kms_http_requests_total{method="GET",route="/keys/:client_id",status="401"}';
    const before = await counted(series);
    await server.anonymous().get(`/keys/${sha3('a')}`);
    await server.anonymous().get(`/keys/${sha3('b')}`);
    expect(await counted(series)).toBe(before + 2);
  });

  it('gains no series from 200 paths, methods, keys and users that nobody has seen before', async () => {
    const probe = async (): Promise<void> => {
      const word = randomBytes(32).toString('hex');
      const user = server.as(`user-${word}`);
      await user.get(`/${word}`);
      await user.get(`/zauth/${word}?${word}=${word}`);
      await user.get(`/keys/${word}`);
      await user.with({ 'X-Peer-Public-Key': word + word, 'X-Request-Id': word }).get(`/key/${word}`);
      await server.anonymous().post('/sign/msg', { [word]: word });
      await rawRequest(server.url, { method: 'PURGE', path: `/${word}` });
    };
    await probe();
    const before = seriesOf(await metrics());
    for (let times = 0; times < 34; times++) await probe();
    const after = seriesOf(await metrics());
    expect([...after].filter((series) => !before.has(series))).toEqual([]);
  });

  it('tells nothing of wallets, keys, users or hashes', async () => {
    const { id, documented } = freshUser(server, 'a-name-to-look-for');
    const { wallet, key } = await splitWallet(documented);
    await signMessage(server.as(id), heldKey(key), HASH);
    const text = await metrics();
    for (const secret of [id, wallet.client_id, wallet.client_key, key.public_key, key.private_key, HASH]) {
      expect(text).not.toContain(secret);
    }
  });

  it('counts and times signing by what became of it: approved, denied, failed', async () => {
    const { documented } = freshUser(server, 'alice');
    const { wallet, key } = await splitWallet(documented, { restrictions: ['message_signing'] });
    const outcome = (kind: string, result: string, code: string): string =>
      `kms_signing_outcomes_total{kind="${kind}",outcome="${result}",code="${code}"}`;
    const approved = outcome('message', 'approved', '');
    const denied = outcome('transaction', 'denied', 'SIGNING.NOT_ALLOWED');
    const failed = outcome('message', 'failed', 'SIGNING.FAILED');
    const timed = 'kms_signing_duration_seconds_count{kind="message",outcome="approved"}';
    const before = await Promise.all([approved, denied, failed, timed].map(counted));
    successOf(await signMessage(documented, heldKey(key), HASH));
    problemOf(await signTransaction(documented, heldKey(key), transfer(wallet)));
    await damageServerShares(wallet.client_id);
    problemOf(await signMessage(documented, heldKey(key), HASH), 500);
    const after = await Promise.all([approved, denied, failed, timed].map(counted));
    expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual([1, 1, 1, 1]);
  });

  it('times each stage of a signature: queue, worker, transaction', async () => {
    const { documented } = freshUser(server, 'alice');
    const { key } = await splitWallet(documented);
    const stages = ['queue', 'worker', 'transaction'].map((stage) => `kms_signing_${stage}_seconds_count`);
    const before = await Promise.all(stages.map(counted));
    successOf(await signMessage(documented, heldKey(key), HASH));
    const after = await Promise.all(stages.map(counted));
    expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual([1, 1, 1]);
    expect(await metrics()).toContain('nodejs_eventloop_lag_p99_seconds');
  });
});

describe('a server share that was damaged in the database', () => {
  it('signs nothing, is recorded as failed, and strangers hear nothing of it', async () => {
    const { documented } = freshUser(server, 'alice');
    const { wallet, key } = await splitWallet(documented);
    await damageServerShares(wallet.client_id);
    const wrong = (await walletClient()).sign(key.private_key, sha3('another message'));
    expect(problemOf(await sendMessage(server.anonymous(), heldKey(key), HASH, wrong)).code).toBe(
      'SIGNING.PARTIAL_INVALID',
    );
    const answer = await signMessage(server.anonymous(), heldKey(key), HASH);
    expect(problemOf(answer, 500)).toMatchObject({
      code: 'SIGNING.FAILED',
      detail: expect.stringContaining('nothing was signed'),
    });
    expect((await server.audit()).at(-1)).toMatchObject({
      outcome: 'failed',
      code: 'SIGNING.FAILED',
      signedHash: HASH,
    });
  });
});

async function damageServerShares(clientId: string): Promise<void> {
  await server
    .dataSource()
    .query('UPDATE auth_server_shares SET sealed_server_share = ? WHERE client_id = ?', [randomBytes(64), clientId]);
}
