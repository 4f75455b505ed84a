import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { kmsHere } from '../cli/kms-here.js';
import type { KmsRun } from '../cli/kms-process.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import { servedFrom } from '../start/served-directory.js';
import { splitWallet } from '../support/split-wallet.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import type { WireSplitKey, WireWallet } from '../support/wire-types.js';

let directory: string;
let server: TestServer;
let wallet: WireWallet;
let key: WireSplitKey;
beforeAll(async () => {
  directory = newDataDirectory();
  server = await startTestServer({ ...servedFrom(directory), DATABASE: join(directory, 'kms.sqlite') });
  ({ wallet, key } = await splitWallet(server.as('alice')));
}, 60_000);
afterAll(async () => {
  await server.close();
  removeDataDirectories();
});

const kms = (...line: string[]): Promise<KmsRun> => kmsHere(line, servedFrom(directory));
const query = (sql: string, ...values: unknown[]): Promise<unknown> => server.dataSource().query(sql, values);

describe('kms verify', () => {
  it('finds nothing where nobody wrote into the database, and says how much it looked at', async () => {
    const { code, out } = await kms('verify');
    expect([code, out]).toEqual([
      0,
      // Wallet, split key, server share and freeze; master key, words, user share, server share and the three keys of the log.
      'checked 4 rows: 0 are not as the service wrote them\nopened 7 sealed values: 0 do not open\n',
    ]);
    const json = await kms('verify', '--json');
    expect(JSON.parse(json.out)).toEqual({ rows: 4, untrue: 0, found: [], values: 7, damaged: 0 });
  });

  it('cannot look at a service that is sealed', async () => {
    expect((await kms('seal')).code).toBe(0);
    const { code, error } = await kms('verify');
    expect(code).toBe(2);
    expect(error).toMatch(/sealed/);
    expect(error.trim()).not.toContain('\n');
    expect((await kms('unseal')).code).toBe(0);
  });

  it('names a row that somebody wrote into, and counts a seal that does not open', async () => {
    await query(`UPDATE vault_split_keys SET shared_to = 'mallory' WHERE client_id = ?`, wallet.client_id);
    await query(
      'UPDATE auth_server_shares SET sealed_server_share = zeroblob(60) WHERE client_id = ?',
      wallet.client_id,
    );
    const { code, out } = await kms('verify');
    expect(code).toBe(1);
    const [{ id } = { id: '' }] = (await query('SELECT id FROM vault_split_keys')) as { id: string }[];
    expect(out).toContain(`altered: vault_split_keys ${id} (written by somebody else)`);
    // The share of whoever it is lent to is sealed for them.
    expect(out).toContain('opened 7 sealed values: 2 do not open');
    expect(out).not.toContain(key.private_key);
  });
});
