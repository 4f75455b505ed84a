import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newWorld } from '../safety/access-world.js';
import type { World } from '../safety/access-world.js';
import { problemOf, successOf } from '../support/api-client.js';
import { stateOf } from '../support/database-state.js';
import { sendMessage, signMessage } from '../support/signing-calls.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { sha3, walletClient } from '../support/wallet-client.js';
import { entry, recordedBy, withoutIds } from './new-entries.js';

let server: TestServer;
let world: World;
let other: World;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  world = await newWorld(server);
  other = await newWorld(server);
});

const HASH = sha3('tampered');

/** The one row of a table that belongs to the world's wallet. */
const rowOf = (table: string, { clientId }: World): string =>
  `(SELECT id FROM ${table} WHERE client_id = '${clientId}')`;
const columnOf = (table: string, column: string, of: World): string =>
  `(SELECT ${column} FROM ${table} WHERE client_id = '${of.clientId}')`;

/** Sets a column of this world's row; `value` is SQL. */
async function tamper(table: string, column: string, value: string): Promise<void> {
  await server.dataSource().query(`UPDATE ${table} SET ${column} = ${value} WHERE id = ${rowOf(table, world)}`);
}

const SHARES = 'auth_server_shares';
const SHARE = 'sealed_server_share';

/** What can be done to the sealed server share by somebody with the database in hand. */
const TAMPERINGS: readonly { what: string; column: string; value: () => string }[] = [
  { what: "another row's", column: SHARE, value: () => columnOf(SHARES, SHARE, other) },
  {
    what: "the vault's user share",
    column: SHARE,
    value: () => columnOf('vault_split_keys', 'sealed_user_share', world),
  },
  { what: "the vault's master key", column: SHARE, value: () => columnOf('vault_wallets', 'sealed_master_key', world) },
  { what: 'its first half', column: SHARE, value: () => `substr(${SHARE}, 1, length(${SHARE}) / 2)` },
  { what: 'itself and a byte more', column: SHARE, value: () => `CAST(${SHARE} || x'00' AS BLOB)` },
  { what: 'nothing', column: SHARE, value: () => `x''` },
  { what: 'zeros', column: SHARE, value: () => 'zeroblob(69)' },
  { what: 'another row id', column: 'id', value: () => `'moved ' || hex(randomblob(8))` },
  { what: "another wallet's client key", column: 'client_key', value: () => columnOf(SHARES, 'client_key', other) },
];

describe.each(TAMPERINGS)('a server share replaced by $what', ({ column, value }) => {
  beforeEach(() => tamper(SHARES, column, value()));

  it('signs nothing, and the record says that we failed', async () => {
    const { answer, entries } = await recordedBy(server, () => signMessage(server.anonymous(), world, HASH));
    expect(problemOf(answer, 500).code).toBe('SIGNING.FAILED');
    expect(answer.text).not.toMatch(/[0-9a-f]{64}/);
    const about = { clientId: world.clientId, publicKey: world.userPublicKey, signedHash: HASH };
    expect(withoutIds(entries)).toEqual([
      entry(server, answer, { action: 'sign-message', outcome: 'failed', code: 'SIGNING.FAILED', ...about }),
    ]);
  });

  it('is not told to somebody whose partial signature does not verify', async () => {
    const wrong = (await walletClient()).sign(other.userShare, HASH);
    const { answer, entries } = await recordedBy(server, () => sendMessage(server.anonymous(), world, HASH, wrong));
    expect(problemOf(answer).code).toBe('SIGNING.PARTIAL_INVALID');
    expect(entries).toEqual([]);
  });

  it("leaves another wallet's split key as it was", async () => {
    expect((await signMessage(server.anonymous(), other, HASH)).status).toBe(200);
  });
});

it('a server share of which any single bit was changed signs nothing', async () => {
  const [row] = await server
    .dataSource()
    .query<{ sealed: Buffer }[]>(`SELECT ${SHARE} AS sealed FROM ${SHARES} WHERE id = ${rowOf(SHARES, world)}`);
  const sealed = row?.sealed ?? Buffer.alloc(0);
  expect(sealed.length).toBeGreaterThan(60);
  for (let byte = 0; byte < sealed.length; byte += 1) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(byte) ^ (1 << (byte % 8)), byte);
    await tamper(SHARES, SHARE, `x'${changed.toString('hex')}'`);
    expect(problemOf(await signMessage(server.anonymous(), world, HASH), 500).code).toBe('SIGNING.FAILED');
  }
  await tamper(SHARES, SHARE, `x'${sealed.toString('hex')}'`);
  expect((await signMessage(server.anonymous(), world, HASH)).status).toBe(200);
});

describe("a sealed value of the vault's that was moved", () => {
  it.each([
    ["another row's user share", 'vault_split_keys', 'sealed_user_share', 'vault_split_keys', 'sealed_user_share'],
    ['the server share', 'vault_split_keys', 'sealed_user_share', SHARES, SHARE],
    ['the master key', 'vault_split_keys', 'sealed_user_share', 'vault_wallets', 'sealed_master_key'],
  ])('%s is shown to nobody as a user share', async (_, table, column, fromTable, fromColumn) => {
    await tamper(table, column, columnOf(fromTable, fromColumn, fromTable === table ? other : world));
    for (const [user, path] of [
      [world.owner, `/keys/${world.clientId}`],
      [world.recipient, '/wallets/shared'],
    ] as const) {
      const { answer, entries } = await recordedBy(server, () => server.as(user).get(path));
      expect(problemOf(answer, 500).code).toBe('INTERNAL');
      expect(answer.text).not.toMatch(/[0-9a-f]{64}/);
      // A list is recorded before anything of it is opened (docs/adr/0024).
      expect(entries).toMatchObject([
        { outcome: 'approved', code: null, actorId: user },
        { outcome: 'failed', code: 'INTERNAL', actorId: user },
      ]);
    }
  });

  it.each([
    ["another wallet's master key", 'vault_wallets', 'sealed_master_key'],
    ['a user share', 'vault_split_keys', 'sealed_user_share'],
  ])('%s is split for nobody as a master key', async (_, fromTable, fromColumn) => {
    await tamper(
      'vault_wallets',
      'sealed_master_key',
      columnOf(fromTable, fromColumn, fromTable === 'vault_wallets' ? other : world),
    );
    const before = await stateOf(server);
    const { answer, entries } = await recordedBy(server, () => server.as(world.owner).post(`/key/${world.clientId}`));
    expect(problemOf(answer, 500).code).toBe('INTERNAL');
    expect(entries).toMatchObject([{ action: 'split-key', outcome: 'failed', code: 'INTERNAL' }]);
    expect(await stateOf(server)).toEqual(before);
    successOf(await server.as(other.owner).post(`/key/${other.clientId}`), 201);
  });
});
