import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { declaredActions } from '../audit/declared-actions.js';
import { problemOf } from '../support/api-client.js';
import type { Answer } from '../support/api-client.js';
import { stateOf } from '../support/database-state.js';
import { plainLineOf } from '../support/dialects.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { walletClient } from '../support/wallet-client.js';
import type { WalletClient } from '../support/wallet-client.js';
import { ACCESS_ROWS, entitled, LEAVE_NO_ENTRY } from './access-rows.js';
import type { AccessRow } from './access-rows.js';
import { askAs, newWorld, nothing } from './access-world.js';

let server: TestServer;
let client: WalletClient;
beforeAll(async () => {
  server = await startTestServer();
  client = await walletClient();
});
afterAll(() => server.stop());

/** Ways in which the record cannot be written, and how to mend them. */
const SPOILERS = [
  {
    what: 'approvals cannot be recorded',
    recordsRefusals: true,
    spoil: `CREATE TRIGGER spoiled BEFORE INSERT ON audit_entries WHEN NEW.entry ->> '$.outcome' = 'approved'
      BEGIN SELECT RAISE(ABORT, 'spoiled'); END`,
    mend: 'DROP TRIGGER spoiled',
  },
  {
    what: 'nothing can be recorded',
    recordsRefusals: false,
    spoil: `CREATE TRIGGER spoiled BEFORE INSERT ON audit_entries BEGIN SELECT RAISE(ABORT, 'spoiled'); END`,
    mend: 'DROP TRIGGER spoiled',
  },
  {
    what: 'the record is gone',
    recordsRefusals: false,
    spoil: 'ALTER TABLE audit_entries RENAME TO audit_entries_elsewhere',
    mend: 'ALTER TABLE audit_entries_elsewhere RENAME TO audit_entries',
  },
  {
    what: 'the disk is full',
    recordsRefusals: false,
    // What SQLite does then: it ends the whole transaction by itself.
    spoil: `CREATE TRIGGER spoiled BEFORE INSERT ON audit_entries BEGIN SELECT RAISE(ROLLBACK, 'spoiled'); END`,
    mend: 'DROP TRIGGER spoiled',
  },
] as const;

/** What only looks, and hands out no share: without `shares=none` two of them do. */
const GO_ON = [
  'GET /wallets',
  'GET /wallets/deleted',
  'GET /wallets/shared',
  'GET /keys/:client_id',
  'GET /restrictions',
  'GET /key/:client_id',
  'GET /policy/:client_id',
  'GET /policy/:client_id/revisions',
  'GET /audit',
  ...LEAVE_NO_ENTRY,
];
const HAND_OUT_SHARES = ['GET /wallets/shared', 'GET /keys/:client_id'];

/** Every call whose decisions are recorded; of those that both dialects have, the documented one. */
const RECORDED = Object.entries(ACCESS_ROWS).filter(
  ([route, { rule }]) =>
    rule !== 'anyone' &&
    (!GO_ON.includes(route) || HAND_OUT_SHARES.includes(route)) &&
    !(route.replace(/\/(zvault|zauth)/, '') in ACCESS_ROWS && route.includes(' /z')),
);

async function whileSpoiled(spoiler: (typeof SPOILERS)[number], ask: () => Promise<Answer>): Promise<Answer> {
  await server.dataSource().query(spoiler.spoil);
  try {
    return await ask();
  } finally {
    await server.dataSource().query(spoiler.mend);
  }
}

function expectUnavailable(answer: Answer, route: string): void {
  const told = 'the decision could not be recorded; nothing was changed';
  if (route.includes(' /z')) expect(plainLineOf(answer, 503)).toBe(told);
  else {
    expect(problemOf(answer, 503)).toMatchObject({ code: 'AUDIT.UNAVAILABLE', detail: told });
    expect(answer.headers.get('Retry-After')).toMatch(/^[1-9]\d*$/);
  }
}

describe.each(SPOILERS)('while $what', (spoiler) => {
  it.each(RECORDED)('%s is not done, and its answer holds nothing', async (route: string, row: AccessRow) => {
    const [method = ''] = route.split(' ');
    const world = await newWorld(server);
    const before = await stateOf(server);
    const record = await server.audit();
    const ask = (): Promise<Answer> => askAs(server, world, entitled(row), method, row.ask(world, client));

    const answer = await whileSpoiled(spoiler, ask);
    expectUnavailable(answer, route);
    expect(answer.text).not.toContain(world.userShare);
    expect(await stateOf(server)).toEqual(before);
    const added = (await server.audit()).slice(record.length);
    // By the name under which it would have been approved.
    const refused = { action: declaredActions(server).get(route), outcome: 'failed', code: 'AUDIT.UNAVAILABLE' };
    expect(added).toMatchObject(spoiler.recordsRefusals ? [refused] : []);

    expect((await ask()).status).toBe(row.success);
  });

  it.each(GO_ON)('%s goes on: it hands out no share, and changes nothing', async (route) => {
    const row = ACCESS_ROWS[route];
    if (row === undefined) throw new Error('there is no such route');
    const [method = ''] = route.split(' ');
    const world = await newWorld(server);
    const before = await stateOf(server);
    const asked = row.ask(world, client);
    const path = HAND_OUT_SHARES.includes(route) ? `${asked.path}?shares=none` : asked.path;
    const ask = (): Promise<Answer> => askAs(server, world, entitled(row), method, { ...asked, path });
    const answer = await whileSpoiled(spoiler, ask);
    expect(await stateOf(server)).toEqual(before);
    // These read the record itself.
    if (spoiler.what === 'the record is gone' && /simulate|audit/.test(route)) {
      expect(problemOf(answer, 503)).toBeDefined();
      return;
    }
    const usual = await ask();
    expect([answer.status, answer.text]).toEqual([row.success, usual.text]);
    expect(answer.text).not.toContain(world.userShare);
  });

  it('a refusal is told as usual only if it can be recorded', async () => {
    const world = await newWorld(server);
    const ask = async (): Promise<Answer> =>
      askAs(server, world, 'owner', 'POST', { path: `/delete/${(await nothing()).clientId}` });
    const answer = await whileSpoiled(spoiler, ask);
    if (spoiler.recordsRefusals) expect(problemOf(answer).code).toBe('WALLET.UNKNOWN');
    else expectUnavailable(answer, 'POST /delete');
  });

  it('nothing is asked of the record for a stranger', async () => {
    const world = await newWorld(server);
    const answer = await whileSpoiled(spoiler, () => askAs(server, world, 'anonymous', 'GET', { path: '/wallets' }));
    expect(problemOf(answer, 401).code).toBe('TOKEN.MISSING');
  });
});
