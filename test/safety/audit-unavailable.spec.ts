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

/** Every call whose decisions are recorded; of those that both dialects have, the documented one. */
const RECORDED = Object.entries(ACCESS_ROWS).filter(
  ([route, { rule }]) =>
    rule !== 'anyone' &&
    !LEAVE_NO_ENTRY.has(route) &&
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
  if (route.includes(' /z')) expect(plainLineOf(answer, 500)).toBe(told);
  else expect(problemOf(answer, 500)).toMatchObject({ code: 'AUDIT.UNAVAILABLE', detail: told });
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

  it.each([...LEAVE_NO_ENTRY])('%s goes on: it hands out no share, and changes nothing', async (route) => {
    const row = ACCESS_ROWS[route];
    if (row === undefined) throw new Error('there is no such route');
    const world = await newWorld(server);
    const answer = await whileSpoiled(spoiler, () =>
      askAs(server, world, entitled(row), 'POST', row.ask(world, client)),
    );
    // A simulation reads the record itself.
    if (spoiler.what === 'the record is gone' && route.includes('simulate'))
      expect(problemOf(answer, 500)).toBeDefined();
    else expect(answer.status).toBe(row.success);
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
