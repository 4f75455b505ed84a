import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { askService } from '../../src/cli/kms/ask-service.js';
import { ApiClient, successOf } from '../support/api-client.js';
import { ensureBuilt, killLeftovers, startBuilt } from '../support/built-server.js';
import { placeKeys } from '../support/many-keys.js';
import { heldKey, signMessage } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { startTestServer } from '../support/test-server.js';
import { sha3 } from '../support/wallet-client.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import { servedFrom } from '../start/served-directory.js';
import { keysIn } from './change-of-keys.js';

/** Kills, spread over the batches. */
const ROUNDS = Number(process.env['RESEAL_KILLS'] ?? 3);
const ROWS = 1_600;
const BATCH = 128;

beforeAll(ensureBuilt, 300_000);
afterAll(() => {
  killLeftovers();
  removeDataDirectories();
});

interface Rows {
  readonly again: number;
  readonly before: number;
}

/** How many user shares are under the newest data key, by the epoch in their envelopes, and how many are not. */
function rowsOf(connection: BetterSqlite3.Database, epoch: number): Rows {
  const counts = connection
    .prepare<[], [string, number]>(
      `SELECT hex(substr(sealed_user_share, 10, 4)), count(*) FROM vault_split_keys GROUP BY 1`,
    )
    .raw()
    .all();
  const newest = epoch.toString(16).padStart(8, '0').toUpperCase();
  const again = counts.find(([found]) => found === newest)?.[1] ?? 0;
  return { again, before: counts.reduce((sum, [, rows]) => sum + rows, 0) - again };
}

it(
  'sealing again goes on at the next start, in whichever batch the process was killed',
  async () => {
    const directory = newDataDirectory();
    const environment = servedFrom(directory);
    const socket = join(directory, 'operator.sock');
    const first = await startTestServer({ ...environment, DATABASE: join(directory, 'kms.sqlite') });
    const { wallet, key } = await splitWallet(first.as('alice'));
    await placeKeys(first, 'alice', wallet.client_id, ROWS);
    await first.close();

    const connection = new BetterSqlite3(join(directory, 'kms.sqlite'), { readonly: true });
    let killedBetween = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const server = await startBuilt(environment);
      const before = keysIn(directory).epochs['vault'] ?? [];
      // What the last round has left, this start has done, and forgotten what it was under.
      expect(before).toHaveLength(1);
      const epoch = (before[0] ?? 0) + 1;
      const order = askService(socket, 'kek-reseal').catch(String);
      const least = 1 + BATCH * Math.floor((round * ROWS) / BATCH / ROUNDS);
      while (rowsOf(connection, epoch).again < least) await new Promise((resolve) => setImmediate(resolve));
      server.process.kill('SIGKILL');
      await server.ended;
      await order;
      if (rowsOf(connection, epoch).before > 0) killedBetween += 1;
    }
    connection.close();
    // Else this has shown nothing.
    expect(killedBetween).toBeGreaterThan(0);

    const server = await startBuilt(environment);
    successOf(await signMessage(new ApiClient(server.url), heldKey(key), sha3('after')));
    expect(keysIn(directory).epochs).toEqual({ audit: [1 + ROUNDS], auth: [1 + ROUNDS], vault: [1 + ROUNDS] });
    const { keys } = await askService(socket, 'kek-status');
    const [current] = keys as { id: string }[];
    const retired = await askService(socket, 'kek-retire', { id: current?.id }).catch(String);
    expect(retired).toMatch(/is the current one/);
    const verified = await askService(socket, 'kek-verify');
    expect(verified['damaged']).toBe(0);
    expect(verified['values']).toBeGreaterThan(ROWS);
    server.process.kill('SIGTERM');
    await server.ended;
  },
  120_000 + ROUNDS * 60_000,
);
