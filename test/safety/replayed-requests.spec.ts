import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Sweeper } from '../../src/sweeping/sweeper.js';
import { problemOf, successOf } from '../support/api-client.js';
import type { Answer } from '../support/api-client.js';
import type { RecordedEntry } from '../support/recorded-entry.js';
import { heldKey, sendMessage, signMessage, signTransaction } from '../support/signing-calls.js';
import type { HeldKey } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { transfer } from '../support/transactions.js';
import { sha3, walletClient } from '../support/wallet-client.js';
import type { WireSplitKey, WireWallet } from '../support/wire-types.js';

const HASH = sha3('overheard');
const HOUR = 3_600;

let server: TestServer;
let wallet: WireWallet;
let split: WireSplitKey;
let key: HeldKey;
beforeEach(async () => {
  server = await startTestServer({ LOG_LEVEL: 'silent' });
  ({ wallet, key: split } = await splitWallet(server.as('alice')));
  key = heldKey(split);
});
afterEach(() => server.stop());

/** What the record has of signatures with this split key, repeats included. */
const entries = async (): Promise<RecordedEntry[]> =>
  (await server.audit()).filter(({ signedHash }) => signedHash !== null);

/** What is counted, and has no entry yet. */
const counted = (): Promise<{ times: number; code: string | null }[]> =>
  server.dataSource().query('SELECT times, code FROM signing_repeats ORDER BY first_at_ms, code');

const sweep = (): Promise<void> => server.app.get(Sweeper).sweep();

/** One captured request, sent `times` times: with a token or without, by whoever likes. */
async function replay(times: number, hash = HASH): Promise<Answer[]> {
  const partial = (await walletClient()).sign(key.userShare, hash);
  const senders = [server.anonymous(), server.as('mallory'), server.anonymous(`${server.url}/zauth`)] as const;
  return Promise.all(
    Array.from({ length: times }, (_, index) => sendMessage(senders[index % 3] ?? senders[0], key, hash, partial)),
  );
}

const replayOnce = async (): Promise<Answer> => {
  const [answer] = await replay(1);
  if (answer === undefined) throw new Error('nothing was sent');
  return answer;
};

describe('a request to sign that is sent again', () => {
  it('is answered with the same signature and adds no entry, however many come at once', async () => {
    const signatures = new Set((await replay(200)).map((answer) => successOf<{ sig: string }>(answer).sig));
    expect(signatures.size).toBe(1);
    expect(await entries()).toMatchObject([{ action: 'sign-message', outcome: 'approved', signedHash: HASH }]);
    expect(await counted()).toEqual([{ times: 199, code: null }]);
  });

  it('is told of by one further entry, an hour after the first repeat, and by no more until there are others', async () => {
    await replay(3);
    server.clock.advanceSeconds(HOUR - 1);
    const last = server.clock.nowMilliseconds();
    await replay(2);
    await sweep();
    expect(await entries()).toHaveLength(1);
    server.clock.advanceSeconds(1);
    await sweep();
    await sweep();
    const [, closing, ...more] = await entries();
    expect(more).toEqual([]);
    expect(closing).toMatchObject({
      action: 'count-repeats',
      outcome: 'approved',
      actorId: null,
      clientId: key.clientId,
      publicKey: key.userPublicKey,
      signedHash: HASH,
    });
    expect(JSON.parse(closing?.facts ?? '')).toEqual({
      repeats: {
        action: 'sign-message',
        outcome: 'approved',
        times: 4,
        first_at_ms: last - (HOUR - 1) * 1000,
        last_at_ms: last,
      },
    });
    expect(await counted()).toEqual([]);
    await replay(1);
    expect(await counted()).toEqual([{ times: 1, code: null }]);
    expect(await entries()).toHaveLength(2);
  });

  it('is judged each time: a revoked split key signs nothing again, and each reason is an entry', async () => {
    await replay(2);
    successOf(await server.as('alice').post(`/revoke/${key.clientId}`, { public_key: key.userPublicKey }));
    for (const answer of await replay(30)) expect(answer.status).toBe(400);
    expect(await entries()).toMatchObject([
      { outcome: 'approved', code: null },
      { outcome: 'denied', code: 'SPLIT_KEY.REVOKED' },
    ]);
    expect(await counted()).toEqual([
      { times: 1, code: null },
      { times: 29, code: 'SPLIT_KEY.REVOKED' },
    ]);
  });

  it('is another when split key, kind or hash is another', async () => {
    const other = heldKey(successOf<WireSplitKey>(await server.as('alice').post(`/key/${key.clientId}`), 201));
    const pay = transfer(wallet);
    successOf(await signTransaction(server.anonymous(), key, pay));
    for (const one of [key, other]) successOf(await signMessage(server.anonymous(), one, HASH));
    successOf(await signMessage(server.anonymous(), key, sha3('another')));
    expect((await entries()).map(({ action, publicKey }) => [action, publicKey])).toEqual([
      ['sign-transaction', key.userPublicKey],
      ['sign-message', key.userPublicKey],
      ['sign-message', other.userPublicKey],
      ['sign-message', key.userPublicKey],
    ]);
    expect(await counted()).toEqual([]);
  });

  it('is refused when it can be neither recorded nor counted', async () => {
    const swallow = (what: string): Promise<unknown> =>
      server.dataSource().query(`CREATE TRIGGER swallow BEFORE ${what} BEGIN SELECT RAISE(IGNORE); END`);
    await swallow('INSERT ON signing_decisions');
    expect(problemOf(await replayOnce(), 503).code).toBe('AUDIT.UNAVAILABLE');
    await server.dataSource().query('DROP TRIGGER swallow');
    successOf(await replayOnce());
    await swallow('INSERT ON signing_repeats');
    expect(problemOf(await replayOnce(), 503).code).toBe('AUDIT.UNAVAILABLE');
    expect(await entries()).toHaveLength(1);
    await server.dataSource().query('DROP TRIGGER swallow');
  });
});

describe('what was decided', () => {
  it.each([
    ['changed', "UPDATE signing_decisions SET digest = x'00'"],
    ['forgotten', 'DELETE FROM signing_decisions'],
  ])('cannot be %s', async (_, sql) => {
    successOf(await signMessage(server.anonymous(), key, HASH));
    await expect(server.dataSource().query(sql)).rejects.toThrow('append-only');
  });
});
