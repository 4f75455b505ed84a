import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { ApiClient, successOf } from '../support/api-client.js';
import { ensureBuilt, killLeftovers, startBuilt, stopBuilt } from '../support/built-server.js';
import type { BuiltServer } from '../support/built-server.js';
import { SHARED_SECRET, tokenFor } from '../support/shared-secret.js';
import { heldKey, signMessage } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { sha3, walletClient } from '../support/wallet-client.js';
import type { WireSplitKey } from '../support/wire-types.js';

const directory = mkdtempSync(join(tmpdir(), 'kms-restart-'));
const start = (): Promise<BuiltServer> =>
  startBuilt({ DATA_DIR: directory, JWT_SECRET: SHARED_SECRET, LOG_LEVEL: 'silent' });
const as = (server: BuiltServer, user: string): ApiClient =>
  new ApiClient(server.url, { 'X-Jwt-Token': tokenFor(user) });

beforeAll(() => {
  ensureBuilt();
}, 240_000);
afterAll(() => {
  killLeftovers();
  rmSync(directory, { recursive: true, force: true });
});

/** What a client was told: the split key, and whether its revocation was acknowledged. */
interface Acknowledged {
  readonly key: WireSplitKey;
  revoked: boolean;
}

/** Makes, splits and revokes until the connection breaks; notes only what was acknowledged. */
async function writeUntilCut(owner: ApiClient, noted: Acknowledged[], onNoted: () => void): Promise<void> {
  try {
    for (;;) {
      const { wallet, key } = await splitWallet(owner);
      const first: Acknowledged = { key, revoked: false };
      noted.push(first);
      onNoted();
      const second = successOf<WireSplitKey>(await owner.post(`/key/${wallet.client_id}`), 201);
      noted.push({ key: second, revoked: false });
      successOf(await owner.post(`/revoke/${wallet.client_id}`, { public_key: key.public_key }));
      first.revoked = true;
    }
  } catch (error) {
    // What `fetch` says of a cut connection; whatever else it is must fail the test.
    if (!String(error).startsWith('TypeError: fetch failed') && !String(error).startsWith('TypeError: terminated'))
      throw error;
  }
}

/** Halves without the other one, in the file itself. */
function halvesAlone(): unknown[] {
  const database = new BetterSqlite3(join(directory, 'kms.sqlite'));
  const alone = database
    .prepare(
      `SELECT 'vault' AS half, id FROM vault_split_keys WHERE id NOT IN (SELECT split_key_id FROM auth_server_shares)
        UNION ALL SELECT 'auth', id FROM auth_server_shares WHERE split_key_id NOT IN (SELECT id FROM vault_split_keys)
        UNION ALL SELECT 'state', v.id FROM vault_split_keys v JOIN auth_server_shares a ON a.split_key_id = v.id
          WHERE v.is_revoked <> a.is_revoked`,
    )
    .all();
  database.close();
  return alone;
}

describe('the same database file', () => {
  it('holds everything after a restart', async () => {
    const client = await walletClient();
    const before = await start();
    const owner = as(before, 'alice');
    const { wallet, key } = await splitWallet(owner, { restrictions: ['message_signing', 'token_transfers'] });
    successOf(await owner.post('/share', { public_key: key.public_key, target_user_id: 'bob' }));
    const views = (api: ApiClient): Promise<unknown[]> =>
      Promise.all(
        [`/keys/${wallet.client_id}`, '/wallets'].map(async (path) => successOf<unknown>(await api.get(path))),
      );
    const seen = await views(owner);
    await stopBuilt(before);

    const after = await start();
    expect(await views(as(after, 'alice'))).toEqual(seen);
    expect(successOf<WireSplitKey[]>(await as(after, 'bob').get('/wallets/shared'))).toMatchObject([
      { public_key: key.public_key, private_key: key.private_key },
    ]);
    const hash = sha3('after the restart');
    const { sig } = successOf<{ sig: string }>(await signMessage(new ApiClient(after.url), heldKey(key), hash));
    expect(client.verify(wallet.client_key, hash, sig)).toBe(true);
    await stopBuilt(after);
  });

  it('holds every acknowledged write, and no half of a split key alone, when the process is killed', async () => {
    for (let round = 0; round < 2; round += 1) {
      const users = Array.from({ length: 8 }, (_, index) => `round ${round} user ${index}`);
      const noted = new Map(users.map((user) => [user, [] as Acknowledged[]]));
      const server = await start();
      let left = 24;
      const countDown = (): void => {
        left -= 1;
        if (left === 0) server.process.kill('SIGKILL');
      };
      await Promise.all([...noted].map(([user, list]) => writeUntilCut(as(server, user), list, countDown)));
      expect(await server.ended).toEqual({ code: null, signal: 'SIGKILL' });
      expect(halvesAlone()).toEqual([]);

      const again = await start();
      for (const [user, list] of noted) {
        for (const { key, revoked } of list) {
          const { keys } = successOf<{ keys: WireSplitKey[] }>(await as(again, user).get(`/keys/${key.client_id}`));
          const found = keys.find(({ public_key }) => public_key === key.public_key);
          // Of a revoked one the share is gone, acknowledged or not.
          expect(found).toMatchObject({ private_key: found?.is_revoked === true ? '' : key.private_key });
          if (revoked) expect(found?.is_revoked).toBe(true);
          const answer = await signMessage(new ApiClient(again.url), heldKey(key), sha3(key.public_key));
          expect(answer.status).toBe(found?.is_revoked === true ? 400 : 200);
        }
      }
      await stopBuilt(again);
    }
  });
});
