import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RecordedEntry } from '../support/recorded-entry.js';
import { splitWallet } from '../support/split-wallet.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';

let server: TestServer;
let record: readonly RecordedEntry[];
beforeAll(async () => {
  server = await startTestServer();
  await splitWallet(server.as('alice'));
  await splitWallet(server.as('bob'));
  record = await server.audit();
});
afterAll(() => server.stop());

const ENTRY = `'{"outcome":"approved"}'`;

describe('the record', () => {
  it('has ids that only grow', () => {
    expect(record.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  });

  it.each([
    `UPDATE audit_entries SET entry = '{"outcome":"denied"}' WHERE id = 1`,
    `UPDATE OR REPLACE audit_entries SET id = 2 WHERE id = 1`,
    `UPDATE audit_entries SET id = 100 WHERE id = 4`,
    'DELETE FROM audit_entries WHERE id = 4',
    'DELETE FROM audit_entries',
    `INSERT OR REPLACE INTO audit_entries (id, entry) VALUES (1, ${ENTRY})`,
    `REPLACE INTO audit_entries (id, entry) VALUES (2, ${ENTRY})`,
    `INSERT INTO audit_entries (id, entry) VALUES (1, ${ENTRY}) ON CONFLICT DO UPDATE SET entry = ${ENTRY}`,
  ])('refuses %s', async (sql) => {
    await expect(server.dataSource().query(sql)).rejects.toThrow();
    expect(await server.audit()).toEqual(record);
  });

  it('knows three outcomes and no other', async () => {
    for (const entry of ['{"outcome":"perhaps"}', '{}', '[]', '7']) {
      const insert = `INSERT INTO audit_entries (entry) VALUES ('${entry}')`;
      await expect(server.dataSource().query(insert)).rejects.toThrow('CHECK');
    }
  });

  it('never gives an id again, also not after the last entries were lost', async () => {
    // As a tamperer would with the file in hand; the gap shows.
    await server.dataSource().query('DROP TRIGGER audit_entries_are_not_deleted');
    await server.dataSource().query('DELETE FROM audit_entries WHERE id > 2');
    await server.as('alice').get('/wallets');
    expect((await server.audit()).map(({ id }) => id)).toEqual([1, 2, 5]);
  });
});
