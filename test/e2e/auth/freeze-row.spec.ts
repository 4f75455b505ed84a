import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FREEZE_OF_SHARE } from '../../../src/auth/persistence/freeze-standing.js';
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
    expect(await version()).toEqual([{ standing: 'frozen', version: 1 }]);
    successOf(await owner.post(`/freeze/${wallet.client_id}`));
    expect(await version()).toEqual([{ standing: 'frozen', version: 1 }]);
    successOf(await owner.post(`/thaw/${wallet.client_id}`));
    successOf(await owner.post(`/thaw/${wallet.client_id}`));
    expect(await version()).toEqual([{ standing: 'thawed', version: 2 }]);
    successOf(await owner.post(`/freeze/${wallet.client_id}`));
    expect(await version()).toEqual([{ standing: 'frozen', version: 3 }]);
  });

  it.each(['', 'Thawed', 'thawed ', 'archived'])('stops the wallet until a thaw when it says "%s"', async (text) => {
    const { owner, wallet, key } = await frozenWallet();
    const damage = 'UPDATE auth_freezes SET standing = ? WHERE client_id = ?';
    await server.dataSource().query(damage, [text, wallet.client_id]);
    expect(problemOf(await askToSign(server, key)).code).toBe('SPLIT_KEY.FROZEN');
    expect(successOf(await owner.get('/wallets'))).toMatchObject([{ frozen: true }]);
    expect(successOf(await owner.post(`/freeze/${wallet.client_id}`))).toMatchObject({ frozen: true });
    expect(problemOf(await askToSign(server, key)).code).toBe('SPLIT_KEY.FROZEN');
    successOf(await owner.post(`/thaw/${wallet.client_id}`));
    successOf(await askToSign(server, key));
  });

  it('costs a signature a look into a primary key', async () => {
    const plan = await server
      .dataSource()
      .query<{ detail: string }[]>(
        `EXPLAIN QUERY PLAN SELECT ${FREEZE_OF_SHARE} FROM auth_server_shares WHERE id = ''`,
      );
    const details = plan.map(({ detail }) => detail);
    expect(details).toContain('SEARCH auth_freezes USING PRIMARY KEY (owner_id=? AND client_id=?)');
    expect(details.filter((detail) => detail.startsWith('SCAN'))).toEqual([]);
  });
});
