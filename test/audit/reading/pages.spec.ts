import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { ACTIONS } from '../../../src/audit/action.js';
import { problemOf, successOf } from '../../support/api-client.js';
import type { Answer } from '../../support/api-client.js';
import { nextOf, pagesOf } from '../../support/paged-lists.js';
import { heldKey, signMessage } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { sha3 } from '../../support/wallet-client.js';
import type { WireSplitKey } from '../../support/wire-types.js';
import { actionsIn, entriesIn, saidIn } from './read-entries.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const alice = (): ReturnType<TestServer['as']> => server.as('alice');
const pathOf = ({ client_id: id }: WireSplitKey, more = ''): string => `/audit?client_id=${id}${more}`;

/** A split key, with which so many messages were signed, each another. */
async function signedTimes(times: number): Promise<WireSplitKey> {
  const { key } = await splitWallet(alice());
  for (let at = 0; at < times; at += 1) {
    successOf(await signMessage(server.anonymous(), heldKey(key), sha3(`${key.public_key} ${at}`)));
  }
  return key;
}

/** Puts entries straight into the record. */
async function place(count: number, said: object): Promise<void> {
  await server.dataSource().query(
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
     INSERT INTO audit_entries (entry)
       SELECT json_set(?, '$.salt', lower(hex(randomblob(16)))) FROM n`,
    [count, JSON.stringify({ action: 'sign-message', outcome: 'approved', request_id: 'r', ...said })],
  );
}

describe('GET /audit in pages', () => {
  it('shows each entry once, the newest first, however many a page has', async () => {
    const key = await signedTimes(5);
    const whole = entriesIn(await alice().get(pathOf(key)));
    expect(whole).toHaveLength(7);
    for (const limit of [1, 2, 7, 200]) {
      const pages = await pagesOf(alice(), pathOf(key, `&limit=${limit}`));
      // Each page is an entry itself, which comes behind where the first began.
      const read = pages.flatMap(entriesIn).filter(({ entry }) => !entry.includes('read-record'));
      expect(read).toEqual(whole);
      for (const page of pages) expect(entriesIn(page).length).toBeLessThanOrEqual(limit);
    }
  });

  it('is not moved by what is written in between', async () => {
    const key = await signedTimes(6);
    const before = entriesIn(await alice().get(pathOf(key, '&action=sign-message')));
    let written = 0;
    const pages = await pagesOf(alice(), pathOf(key, '&limit=2&action=sign-message'), async () => {
      successOf(await signMessage(server.anonymous(), heldKey(key), sha3(`${key.public_key} in between ${written}`)));
      written += 1;
    });
    expect(written).toBe(3);
    expect(pages.flatMap(entriesIn)).toEqual(before);
  });

  it('has 50 when nobody says how many, and links on with the same filters', async () => {
    const { key } = await splitWallet(alice());
    await place(51, { client_id: key.client_id, actor_id: 'alice', code: 'INTERNAL', outcome: 'failed' });
    const first = await alice().get(pathOf(key, '&outcome=failed&action=sign-message'));
    expect(entriesIn(first)).toHaveLength(50);
    const next = new URL(nextOf(first, '/audit') ?? '', 'http://service.example');
    expect(Object.fromEntries(next.searchParams)).toEqual({
      client_id: key.client_id,
      outcome: 'failed',
      action: 'sign-message',
      after: expect.stringMatching(/^[A-Za-z0-9_-]{11}$/),
    });
    const second = await alice().get(`${next.pathname}${next.search}`);
    expect(entriesIn(second)).toHaveLength(1);
    expect(second.headers.get('link')).toBeNull();
  });

  it('has no page behind one that is just full', async () => {
    const key = await signedTimes(2);
    const page = await alice().get(pathOf(key, '&action=sign-message&limit=2'));
    expect([entriesIn(page).length, page.headers.get('link')]).toEqual([2, null]);
  });

  it('answers HEAD as GET, without the entries', async () => {
    const key = await signedTimes(1);
    const answer = await alice().send('HEAD', pathOf(key, '&limit=1'));
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(nextOf(answer, '/audit')).toBeDefined();
  });

  it('looks at so many rows for a page, and goes on behind them with the next', async () => {
    const { key } = await splitWallet(alice());
    await place(10_000, { client_id: key.client_id, actor_id: 'alice' });
    const pages: Answer[] = [];
    let [next, slowest] = [pathOf(key, '&action=split-key') as string | undefined, 0];
    while (next !== undefined) {
      const begun = performance.now();
      const page = await alice().get(next);
      slowest = Math.max(slowest, performance.now() - begun);
      pages.push(page);
      next = nextOf(page, next);
    }
    expect(pages.map((page) => actionsIn(page))).toEqual([[], [], ['split-key']]);
    // Tens of milliseconds; a machine that has much to do takes longer.
    expect(slowest).toBeLessThan(2_000);
  });

  it('is read from the index alone, also what is lent', async () => {
    const plans = async (sql: string): Promise<string[]> =>
      (await server.dataSource().query<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${sql}`)).map(({ detail }) => detail);
    expect(
      await plans(
        `SELECT id, entry FROM audit_entries WHERE substr(entry ->> '$.client_id', 1, 16) = substr('ab', 1, 16)
           AND id < 5 ORDER BY id DESC LIMIT 200`,
      ),
    ).toEqual(['SEARCH audit_entries USING INDEX audit_entries_wallet (<expr>=? AND rowid<?)']);
    expect(
      await plans(
        `SELECT id FROM audit_entries WHERE entry ->> '$.action' = 'share-key'
           AND substr(entry ->> '$.public_key', 1, 16) = substr('ab', 1, 16) ORDER BY id DESC LIMIT 1`,
      ),
    ).toEqual(['SEARCH audit_entries USING INDEX audit_entries_lent (<expr>=?)']);
  });

  it('leaves out what is damaged, and wallets that begin alike', async () => {
    const { key } = await splitWallet(alice());
    const alike = key.client_id.slice(0, 16) + randomBytes(24).toString('hex');
    await place(1, { client_id: alike, actor_id: 'alice' });
    await server
      .dataSource()
      .query('INSERT INTO audit_entries (entry) VALUES (?)', [
        JSON.stringify({ action: 'sign-message', outcome: 'approved', client_id: key.client_id, actor_id: 'alice' }),
      ]);
    expect(actionsIn(await alice().get(pathOf(key)))).toEqual(['split-key', 'create-wallet']);
    expect(problemOf(await alice().get(`/audit?client_id=${alike}`)).code).toBe('WALLET.UNKNOWN');
  });
});

describe('the filters', () => {
  it('show what became so, what was asked for, and both', async () => {
    const key = await signedTimes(1);
    const client = alice().with({ 'X-Peer-Public-Key': key.public_key });
    successOf(await client.put(`/restrictions/${key.client_id}`, { restrictions: ['token_transfers'] }));
    const refused = await signMessage(server.anonymous(), heldKey(key), sha3('refused by the list'));
    expect(problemOf(refused).code).toBe('SIGNING.NOT_ALLOWED');
    await place(1, { client_id: key.client_id, public_key: key.public_key, outcome: 'failed', code: 'INTERNAL' });
    const read = async (more: string): Promise<string[]> =>
      saidIn(await alice().get(pathOf(key, more)))
        .filter(({ action }) => action !== 'read-record')
        .map(({ action, outcome }) => `${action} ${outcome}`);
    expect(await read('&outcome=denied')).toEqual(['sign-message denied']);
    expect(await read('&outcome=failed')).toEqual(['sign-message failed']);
    expect(await read('&outcome=approved')).toEqual([
      'restrict-key approved',
      'sign-message approved',
      'split-key approved',
      'create-wallet approved',
    ]);
    expect(await read('&action=restrict-key')).toEqual(['restrict-key approved']);
    expect(await read('&action=sign-message&outcome=approved')).toEqual(['sign-message approved']);
    expect(await read('&action=restrict-key&outcome=failed')).toEqual([]);
  });

  it.each(ACTIONS)('know %s', async (action) => {
    const { key } = await splitWallet(alice());
    expect(new Set(actionsIn(await alice().get(pathOf(key, `&action=${action}`)))).size).toBeLessThanOrEqual(1);
  });
});

describe('a query that is not understood', () => {
  const id = 'ab'.repeat(32);
  it.each([
    ['client_id', 'limit=1'],
    ['client_id', 'client_id='],
    ['client_id', `client_id=${id}00`],
    ['client_id', `client_id=0x${id.slice(2)}`],
    ['client_id', `client_id=${id}&client_id=${id}`],
    ['limit', `client_id=${id}&limit=0`],
    ['limit', `client_id=${id}&limit=201`],
    ['limit', `client_id=${id}&limit=1e1`],
    ['limit', `client_id=${id}&limit=`],
    ['limit', `client_id=${id}&limit=1&limit=1`],
    ['outcome', `client_id=${id}&outcome=`],
    ['outcome', `client_id=${id}&outcome=Approved`],
    ['outcome', `client_id=${id}&outcome=approved&outcome=denied`],
    ['action', `client_id=${id}&action=sign`],
    ['action', `client_id=${id}&action=toString`],
    ['action', `client_id=${id}&action=sign-message,split-key`],
    ['action', `client_id=${id}&action=sign-message&action=sign-message`],
    ['after', `client_id=${id}&after=`],
    ['after', `client_id=${id}&after=5`],
    ['after', `client_id=${id}&after=AAAAAAAAAAB`],
    ['after', `client_id=${id}&after=__________8`],
    ['after', `client_id=${id}&after=AAAAAAAAAAE&after=AAAAAAAAAAE`],
  ])('is refused, and %s named: %s', async (field, query) => {
    const problem = problemOf(await alice().get(`/audit?${query}`));
    expect([problem.code, problem.field]).toEqual(['REQUEST.INVALID_FIELD', field]);
    expect(problem.detail.startsWith(`${field}: `)).toBe(true);
  });

  it.each(['cursor', 'shares', 'public_key', 'Limit'])('is refused for an unknown parameter: %s', async (name) => {
    const problem = problemOf(await alice().get(`/audit?client_id=${id}&${name}=1`));
    expect([problem.code, problem.field]).toEqual(['REQUEST.UNKNOWN_PARAMETER', name]);
  });

  it('begins anywhere in the record, and shows no more for it', async () => {
    const key = await signedTimes(1);
    for (const after of ['AB____________8'.slice(0, 11), 'AAAAAAAAAAA']) {
      const answer = await alice().get(pathOf(key, `&after=${after}`));
      if (answer.status === 200) expect(entriesIn(answer).length).toBeLessThanOrEqual(3);
      else expect(problemOf(answer).field).toBe('after');
    }
  });
});
