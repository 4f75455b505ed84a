import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { everyRowOf } from '../support/database-state.js';
import { recordIn } from '../support/recorded-entry.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { walletClient } from '../support/wallet-client.js';
import type { WalletClient } from '../support/wallet-client.js';
import { ACCESS_ROWS } from './access-rows.js';
import { askAs, newWorld } from './access-world.js';
import type { World } from './access-world.js';

/** What looks like a client id and is a private key: 64 hexadecimal digits, different for each route. */
let drawn = 0;
const pasted = (): string => (++drawn).toString(16).padStart(4, '0') + '5ec4e7'.repeat(10);

/** Every call that names a wallet, in its path, its headers or its body. */
const NAMING = Object.entries(ACCESS_ROWS).filter(
  ([name, row]) => row.rule !== 'anyone' && /:client_id|sign|decline|GET \/audit$/.test(name),
);

let server: TestServer;
let client: WalletClient;
let world: World;
beforeAll(async () => {
  server = await startTestServer();
  client = await walletClient();
  world = await newWorld(server);
});
afterAll(() => server.stop());

const methodOf = (name: string): string => name.split(' ')[0] ?? '';

describe('a private key that was pasted as a client id', () => {
  it.each(NAMING)('does not get into the database by %s', async (name, row) => {
    const secret = pasted();
    const asked = row.ask({ ...world, clientId: secret }, client);
    expect(JSON.stringify(asked)).toContain(secret);
    const before = (await recordIn(server.dataSource())).length;
    await askAs(server, world, 'owner', methodOf(name), asked);
    expect(JSON.stringify(await everyRowOf(server))).not.toContain(secret);
    // That somebody asked is recorded, but for one who has neither shown a token that is looked at nor proven a share.
    const entries = (await recordIn(server.dataSource())).slice(before);
    for (const entry of entries) expect(entry).toMatchObject({ actorId: world.owner, clientId: null });
    expect(entries).toHaveLength(row.rule === 'holder' ? entries.length : 1);
  });
});

describe('the client id of a wallet', () => {
  it.each(NAMING.filter(([, { rule }]) => rule === 'owner'))(
    'is named by the refusal of a stranger, %s',
    async (name, row) => {
      const before = (await recordIn(server.dataSource())).length;
      await askAs(server, world, 'stranger', methodOf(name), row.ask(world, client));
      const [entry] = (await recordIn(server.dataSource())).slice(before);
      expect(entry).toMatchObject({ actorId: world.stranger, outcome: 'denied', clientId: world.clientId });
    },
  );

  it('is named after the wallet has gone', async () => {
    const gone = await newWorld(server);
    await server.as(gone.owner).post(`/delete/${gone.clientId}`);
    await server.as(gone.owner).post(`/key/${gone.clientId}`);
    const entries = await recordIn(server.dataSource());
    expect(entries.at(-1)).toMatchObject({ action: 'split-key', outcome: 'denied', clientId: gone.clientId });
  });
});
