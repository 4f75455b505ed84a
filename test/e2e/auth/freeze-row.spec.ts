import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { COVERED_FREEZES } from '../../../src/auth/persistence/covered-tables.js';
import { columnsOf, whereKey } from '../../../src/database/rows/covered-table.js';
import { problemOf, successOf } from '../../support/api-client.js';
import type { ApiClient } from '../../support/api-client.js';
import { freshUser } from '../../support/dialects.js';
import { askToSign } from '../../support/message-signing.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import type { WireSplitKey, WireWallet } from '../../support/wire-types.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

async function frozenWallet(): Promise<{ owner: ApiClient; wallet: WireWallet; key: WireSplitKey }> {
  const owner = freshUser(server, 'alice').documented;
  const made = await splitWallet(owner);
  successOf(await owner.post(`/freeze/${made.wallet.client_id}`));
  return { owner, ...made };
}

describe('the row of a freeze', () => {
  it('counts its changes, and nothing else', async () => {
    const { owner, wallet } = await frozenWallet();
    const version = async (): Promise<unknown> =>
      server.dataSource().query('SELECT standing, version FROM auth_freezes WHERE client_id = ?', [wallet.client_id]);
    // The first split key began it.
    expect(await version()).toEqual([{ standing: 'frozen', version: 2 }]);
    successOf(await owner.post(`/freeze/${wallet.client_id}`));
    expect(await version()).toEqual([{ standing: 'frozen', version: 2 }]);
    successOf(await owner.post(`/thaw/${wallet.client_id}`));
    successOf(await owner.post(`/thaw/${wallet.client_id}`));
    expect(await version()).toEqual([{ standing: 'thawed', version: 3 }]);
    successOf(await owner.post(`/freeze/${wallet.client_id}`));
    expect(await version()).toEqual([{ standing: 'frozen', version: 4 }]);
  });

  it.each(['', 'Thawed', 'thawed ', 'archived'])(
    'stops the wallet, and no thaw mends it, when somebody has it say "%s"',
    async (text) => {
      const { owner, wallet, key } = await frozenWallet();
      const damage = 'UPDATE auth_freezes SET standing = ? WHERE client_id = ?';
      await server.dataSource().query(damage, [text, wallet.client_id]);
      expect(problemOf(await askToSign(server, key), 500).code).toBe('RECORD.ALTERED');
      expect(successOf(await owner.get('/wallets'))).toMatchObject([{ frozen: true }]);
      expect(successOf(await owner.post(`/freeze/${wallet.client_id}`))).toMatchObject({ frozen: true });
      expect(problemOf(await owner.post(`/thaw/${wallet.client_id}`), 500).code).toBe('RECORD.ALTERED');
      expect(problemOf(await askToSign(server, key), 500).code).toBe('RECORD.ALTERED');
    },
  );

  it('costs a signature a look into a primary key', async () => {
    const plan = await server
      .dataSource()
      .query<{ detail: string }[]>(
        `EXPLAIN QUERY PLAN SELECT ${columnsOf(COVERED_FREEZES)} FROM auth_freezes WHERE ${whereKey(COVERED_FREEZES).replaceAll('?', `''`)}`,
      );
    const details = plan.map(({ detail }) => detail);
    expect(details).toContain('SEARCH auth_freezes USING PRIMARY KEY (owner_id=? AND client_id=?)');
    expect(details.filter((detail) => detail.startsWith('SCAN'))).toEqual([]);
  });
});
