import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decisionDigest } from '../../src/audit/signing-entry.js';
import { RECORD_COVERED_TABLES } from '../../src/audit/covered-tables.js';
import { COVERED_COUNTERS, COVERED_COUNTS } from '../../src/auth/persistence/covered-tables.js';
import type { ClientId, PublicKeyHex } from '../../src/crypto/key-names.js';
import { UNCHANGED_TRIGGERS } from '../../src/database/migrations/1764920000000-authenticated-counts.js';
import { problemOf, successOf } from '../support/api-client.js';
import type { Answer } from '../support/api-client.js';
import { keyWithPolicy, putPolicy } from '../support/key-with-policy.js';
import { signMessage, signTransaction } from '../support/signing-calls.js';
import type { HeldKey } from '../support/signing-calls.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { hashOf, transfer } from '../support/transactions.js';
import type { TestTransaction } from '../support/transactions.js';
import { sha3 } from '../support/wallet-client.js';
import type { WireWallet } from '../support/wire-types.js';

const LIMITS = [{ kind: 'rolling', window_seconds: 3600, max_value: '100' }];

interface Holder {
  readonly wallet: WireWallet;
  readonly key: HeldKey;
}

let server: TestServer;
let holder: Holder;
let other: Holder;
let nonce = 0;
beforeAll(async () => {
  server = await startTestServer({ RATE_REFUSALS_PER_SPLIT_KEY: '0' });
  // Whoever has the file in hand has these out of the way, and puts them back.
  for (const [, name] of UNCHANGED_TRIGGERS.join('\n').matchAll(/CREATE TRIGGER (\w+)/g))
    await query(`DROP TRIGGER ${name}`);
  await query('DROP TRIGGER auth_counts_are_not_deleted');
  await query('DROP TRIGGER signing_decisions_are_not_deleted');
});
afterAll(() => server.stop());
beforeEach(async () => {
  [holder, other] = [
    await keyWithPolicy(server.as('alice'), { limits: LIMITS }),
    await keyWithPolicy(server.as('alice'), { limits: LIMITS }),
  ];
  const payBoth = async (value: string): Promise<void> => {
    for (const one of [holder, other]) successOf(await pay(one, value));
  };
  // Some of it leaves the window.
  await payBoth('30');
  await payBoth('20');
  server.clock.advanceSeconds(1800);
  await payBoth('40');
  server.clock.advanceSeconds(1801);
  await payBoth('10');
});

const query = (sql: string, ...values: unknown[]): Promise<unknown> => server.dataSource().query(sql, values);

const nextTransaction = ({ wallet }: Holder, value: string): TestTransaction => {
  nonce += 1;
  return { ...transfer(wallet, value), transaction_nonce: String(nonce) };
};

/** Each is another transaction. */
function pay(one: Holder, value: string): Promise<Answer> {
  return signTransaction(server.anonymous(), one.key, nextTransaction(one, value));
}

const OF_HOLDER = `counter IN (SELECT counters.id FROM auth_counters counters
  JOIN auth_server_shares shares ON shares.id = counters.share_id WHERE shares.client_id = ?)`;
const COUNTER = OF_HOLDER.replace('counter IN', 'id IN');

/** Somebody who wants to sign more than the limit leaves. */
async function expectRefused(codes: readonly string[] = ['RECORD.ALTERED']): Promise<void> {
  for (const value of ['1', '90']) expect(codes).toContain(problemOf(await pay(holder, value), 500).code);
  successOf(await pay(other, '1'));
}

describe('what limits have counted', () => {
  it('is what it is when nobody writes into it', async () => {
    expect(problemOf(await pay(holder, '51'), 400).code).toBe('SIGNING.NOT_ALLOWED');
    successOf(await pay(holder, '50'));
  });

  const anotherValue = (column: string): string =>
    `CASE typeof(${column}) WHEN 'integer' THEN ${column} + 1 WHEN 'blob' THEN zeroblob(16) ELSE substr(${column}, 2) END`;

  it.each(
    ['total_value', 'entry', 'mac'].flatMap((column) => [[column, 'newest'] as const, [column, 'edge'] as const]),
  )('is refused where somebody writes into %s of the %s count', async (column, which) => {
    const [{ count } = { count: 0 }] = (await query(
      `SELECT max(total_count) - ? AS count FROM auth_counts WHERE ${OF_HOLDER}`,
      which === 'newest' ? 0 : 2,
      holder.wallet.client_id,
    )) as { count: number }[];
    await query(
      `UPDATE auth_counts SET ${column} = ${anotherValue(column)} WHERE total_count = ? AND ${OF_HOLDER}`,
      count,
      holder.wallet.client_id,
    );
    await expectRefused();
  });

  it.each(['seen_entry', 'newest_count', 'version', 'mac'])(
    'is refused where somebody writes into %s of the counter',
    async (column) => {
      await query(
        `UPDATE auth_counters SET ${column} = ${anotherValue(column)} WHERE ${COUNTER}`,
        holder.wallet.client_id,
      );
      await expectRefused();
    },
  );

  it.each([
    ['its newest', `DELETE FROM auth_counts WHERE total_count = 4 AND ${OF_HOLDER}`],
    ['all but the first', `DELETE FROM auth_counts WHERE total_count > 1 AND ${OF_HOLDER}`],
    ['all of it', `DELETE FROM auth_counts WHERE ${OF_HOLDER}`],
    ['another counter’s', `UPDATE auth_counts SET counter = counter + 1000 WHERE ${OF_HOLDER}`],
  ])('is missed where somebody removes %s', async (_, tampering) => {
    await query('PRAGMA foreign_keys = OFF');
    await query(tampering, holder.wallet.client_id);
    await expectRefused();
  });

  it('does not allow anything where its counter is gone, or is another split key’s', async () => {
    await query(`UPDATE auth_counters SET share_id = NULL WHERE ${COUNTER}`, holder.wallet.client_id);
    await expectRefused(['SIGNING.FAILED']);
    await query(
      `UPDATE auth_counters SET share_id = (SELECT id FROM auth_server_shares WHERE client_id = ?)
        WHERE share_id IS NULL`,
      holder.wallet.client_id,
    );
    successOf(await pay(holder, '1'));
  });

  it('is counted anew from the record when its owner sets another policy, and then these limits again', async () => {
    await query(`DELETE FROM auth_counts WHERE ${OF_HOLDER}`, holder.wallet.client_id);
    await expectRefused();
    const owner = server.as('alice');
    successOf(await putPolicy(owner, holder.key, {}, 1));
    successOf(await putPolicy(owner, holder.key, { limits: LIMITS }, 2));
    expect(problemOf(await pay(holder, '51'), 400).code).toBe('SIGNING.NOT_ALLOWED');
    successOf(await pay(holder, '50'));
  });
});

describe('what was decided', () => {
  const forge = async (hash: string, mac: string): Promise<void> => {
    const subject = {
      clientId: holder.wallet.client_id as ClientId,
      publicKeyHex: holder.key.userPublicKey as PublicKeyHex,
      signedHashHex: hash,
    };
    const digest = decisionDigest(subject, 'sign-transaction');
    await query(`INSERT INTO signing_decisions (digest, entry_id, mac) VALUES (?, 1, ${mac})`, digest);
  };

  it.each(['NULL', 'zeroblob(24)', '(SELECT mac FROM signing_decisions LIMIT 1)'])(
    'is not what somebody has put there, with the code %s, so that it is neither counted nor recorded',
    async (mac) => {
      const transaction = nextTransaction(holder, '1');
      await forge(hashOf(transaction), mac);
      const before = (await server.audit()).length;
      const refused = await signTransaction(server.anonymous(), holder.key, transaction);
      expect(problemOf(refused, 500).code).toBe('RECORD.ALTERED');
      const after = (await server.audit()).slice(before);
      expect(after.map(({ code }) => code)).toContain('RECORD.ALTERED');
      successOf(await pay(holder, '1'));
    },
  );

  it('is refused to a split key without limits, too, where what stands for it is forged', async () => {
    const plain = await keyWithPolicy(server.as('alice'), {});
    const hash = sha3('again');
    successOf(await signMessage(server.anonymous(), plain.key, hash));
    successOf(await signMessage(server.anonymous(), plain.key, hash));
    const newest = '(SELECT max(entry_id) FROM signing_decisions)';
    await query(`UPDATE signing_decisions SET entry_id = entry_id - 1 WHERE entry_id = ${newest}`);
    const refused = await signMessage(server.anonymous(), plain.key, hash);
    expect(problemOf(refused, 500).code).toBe('RECORD.ALTERED');
    successOf(await signMessage(server.anonymous(), plain.key, sha3('another')));
  });
});

it('is covered in full: each table that these tests write into carries codes', () => {
  const tables = [COVERED_COUNTERS, COVERED_COUNTS, ...RECORD_COVERED_TABLES].map(({ table }) => table);
  expect(tables).toEqual(['auth_counters', 'auth_counts', 'signing_decisions']);
});
