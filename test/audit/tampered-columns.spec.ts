import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { asWritten } from '../support/as-written.js';
import { newWorld } from '../safety/access-world.js';
import type { World } from '../safety/access-world.js';
import { problemOf, successOf } from '../support/api-client.js';
import { stateOf } from '../support/database-state.js';
import { sendMessage, signMessage } from '../support/signing-calls.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import type { WireSplitKey } from '../support/wire-types.js';
import { sha3, walletClient } from '../support/wallet-client.js';
import { entry, factsOfMessage, recordedBy, withoutIds } from './new-entries.js';

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
const LIST = { restrictions: ['token_transfers', 'message_signing'] };

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
const TAMPERINGS: readonly { what: string; column: string; value: () => string; code?: string }[] = [
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
  { what: 'another row id', column: 'id', value: () => `'moved ' || hex(randomblob(8))`, code: 'RECORD.ALTERED' },
  {
    what: "another wallet's client key",
    column: 'client_key',
    value: () => columnOf(SHARES, 'client_key', other),
    code: 'RECORD.ALTERED',
  },
];

describe.each(TAMPERINGS)('a server share replaced by $what', ({ column, value, code = 'SIGNING.FAILED' }) => {
  beforeEach(() => tamper(SHARES, column, value()));

  it('signs nothing, and the record says that we failed', async () => {
    const { answer, entries } = await recordedBy(server, () => signMessage(server.anonymous(), world, HASH));
    expect(problemOf(answer, 500).code).toBe(code);
    expect(answer.text).not.toMatch(/[0-9a-f]{64}/);
    const about = {
      clientId: world.clientId,
      publicKey: world.userPublicKey,
      signedHash: HASH,
      facts: factsOfMessage(),
    };
    expect(withoutIds(entries).filter(({ action }) => action !== 'find-altered-row')).toEqual([
      entry(server, answer, { action: 'sign-message', outcome: 'failed', code, ...about }),
    ]);
  });

  it('is not told to somebody whose partial signature does not verify', async () => {
    const wrong = (await walletClient()).sign(other.userShare, HASH);
    const { answer, entries } = await recordedBy(server, () => sendMessage(server.anonymous(), world, HASH, wrong));
    expect(problemOf(answer).code).toBe('SIGNING.PARTIAL_INVALID');
    expect(entries.filter(({ action }) => action !== 'find-altered-row')).toEqual([]);
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
  ])('%s is shown to nobody as a user share, and hides no other', async (_, table, column, fromTable, fromColumn) => {
    const next = successOf<WireSplitKey>(await server.as(world.owner).post(`/key/${world.clientId}`), 201);
    successOf(
      await server.as(world.owner).post('/share', { public_key: next.public_key, target_user_id: world.recipient }),
    );
    const value = columnOf(fromTable, fromColumn, fromTable === table ? other : world);
    const id = `(SELECT id FROM ${table} WHERE user_public_key = '${world.userPublicKey}')`;
    await server.dataSource().query(`UPDATE ${table} SET ${column} = ${value} WHERE id = ${id}`);
    const { keys } = successOf<{ keys: WireSplitKey[] }>(await server.as(world.owner).get(`/keys/${world.clientId}`));
    const lent = successOf<WireSplitKey[]>(await server.as(world.recipient).get('/wallets/shared'));
    for (const list of [keys, lent]) {
      expect(list.map(({ public_key, private_key }) => [public_key, private_key])).toEqual([
        [world.userPublicKey, ''],
        [next.public_key, next.private_key],
      ]);
    }
    const [row] = await server.dataSource().query<{ id: string }[]>(`SELECT ${id} AS id`);
    // Once, though it was listed twice.
    expect(server.log.filter((line) => line.includes(`the row's id is ${row?.id ?? 'none'}`))).toHaveLength(1);
    expect((await server.anonymous().get('/metrics')).text).toMatch(/^kms_damaged_rows_read_total [1-9]/m);
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

/** What no release writes, and what a newer one may. */
const UNREADABLE = [
  '',
  '{',
  '{}',
  '"unrestricted"',
  '{"policy":[]}',
  '{"policy":{"operations":["*"]}}',
  '{"policy":{"operations":["a group of tomorrow"]}}',
  '{"policy":{"a_rule_of_tomorrow":1}}',
];

describe.each(UNREADABLE)('a split key whose terms are %j', (text) => {
  beforeEach(async () => {
    for (const table of ['vault_split_keys', SHARES]) {
      await tamper(table, 'terms', `'${text}'`);
      await asWritten(server, table);
    }
  });

  it('signs nothing, and the record says that we failed', async () => {
    const { answer, entries } = await recordedBy(server, () => signMessage(server.anonymous(), world, HASH));
    expect(problemOf(answer, 500).code).toBe('SIGNING.FAILED');
    expect(entries).toMatchObject([{ outcome: 'failed', code: 'SIGNING.FAILED', publicKey: world.userPublicKey }]);
  });

  it('hinders nobody else who signs at the same moment', async () => {
    const keys = [other, world, other, world, other];
    const answers = await Promise.all(keys.map((key) => signMessage(server.anonymous(), key, HASH)));
    expect(answers.map(({ status }) => status)).toEqual([200, 500, 200, 500, 200]);
  });

  it('hides nothing in lists', async () => {
    const { keys } = successOf<{ keys: WireSplitKey[] }>(await server.as(world.owner).get(`/keys/${world.clientId}`));
    const lent = successOf<WireSplitKey[]>(await server.as(world.recipient).get('/wallets/shared'));
    expect([keys, lent]).toMatchObject([[{ private_key: world.userShare }], [{ private_key: world.userShare }]]);
  });

  // Whatever else its policy said would be gone, and nobody would know.
  it.each([
    ['restrictions', 'restrict-key'],
    ['zvault/restrictions', 'restrict-key'],
    ['zauth/restrictions', 'restrict-share'],
  ])('gets no other list by PUT /%s', async (path, action) => {
    const named = server.as(world.owner).with({ 'X-Peer-Public-Key': world.userPublicKey });
    const before = await stateOf(server);
    const { answer, entries } = await recordedBy(server, () => named.put(`/${path}/${world.clientId}`, LIST));
    expect(answer.status).toBe(500);
    expect(answer.text).toContain('what the split key may sign cannot be read');
    expect(entries).toMatchObject([{ action, outcome: 'failed', code: 'POLICY.UNREADABLE' }]);
    expect(await stateOf(server)).toEqual(before);
  });

  it.each(['restrictions', 'zvault/restrictions'])('shows no list by GET /%s', async (path) => {
    const named = server.as(world.owner).with({ 'X-Peer-Public-Key': world.userPublicKey });
    const answer = await named.get(`/${path}`);
    expect([answer.status, answer.text]).toEqual([500, expect.stringContaining('cannot be read')]);
  });

  it.each([
    ['revoke', () => ({ public_key: world.userPublicKey })],
    ['zauth/revoke', () => ({ peer_public_key: world.userPublicKey })],
    ['delete', () => undefined],
    ['zauth/delete', () => undefined],
  ])('does not stop POST /%s', async (path, body) => {
    successOf(await server.as(world.owner).post(`/${path}/${world.clientId}`, body()));
    expect([400, 500]).toContain((await signMessage(server.anonymous(`${server.url}/zauth`), world, HASH)).status);
    const [row] = await server
      .dataSource()
      .query<{ n: number }[]>(
        `SELECT count(*) AS n FROM ${SHARES} WHERE client_id = '${world.clientId}' AND ${SHARE} <> x''`,
      );
    expect(row).toEqual({ n: 0 });
  });
});
