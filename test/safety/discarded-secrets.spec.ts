import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { RingSealer } from '../../src/crypto/sealing/ring-sealer.js';
import type { Answer } from '../support/api-client.js';
import { stateOf } from '../support/database-state.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { walletClient } from '../support/wallet-client.js';
import { ACCESS_ROWS } from './access-rows.js';
import { askAs, newWorld } from './access-world.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
afterEach(() => {
  jest.restoreAllMocks();
});

/** Calls that make secrets, and how many of them they keep. */
const MAKING: readonly (readonly [route: string, secrets: number])[] = [
  ['POST /wallet', 2],
  ['POST /store', 1],
  ['POST /key/:client_id', 2],
  ['POST /zvault/generate', 4],
  ['POST /zvault/generate/:client_id', 2],
  ['POST /zauth/setup', 1],
];

/** What goes wrong when all has been sealed and written. */
const SPOILERS = [
  ['nothing', 'CREATE VIEW spoiled AS SELECT 1', 'DROP VIEW spoiled'],
  [
    'the entry',
    `CREATE TRIGGER spoiled BEFORE INSERT ON audit_entries WHEN NEW.entry ->> '$.outcome' = 'approved'
      BEGIN SELECT RAISE(ABORT, 'spoiled'); END`,
    'DROP TRIGGER spoiled',
  ],
  [
    'the commit',
    // The foreign key is looked at only then.
    `CREATE TABLE orphans (wallet_id TEXT REFERENCES vault_wallets (id) DEFERRABLE INITIALLY DEFERRED);
     CREATE TRIGGER spoiled AFTER INSERT ON audit_entries WHEN NEW.entry ->> '$.outcome' = 'approved'
      BEGIN INSERT INTO orphans VALUES ('no such wallet'); END`,
    'DROP TRIGGER spoiled; DROP TABLE orphans',
  ],
] as const;

async function run(statements: string): Promise<void> {
  const [first = '', ...rest] = statements.split(/;\s*(?=CREATE|DROP)/);
  await server.dataSource().query(first);
  if (rest.length > 0) await run(rest.join(';'));
}

/** Whether each secret that was sealed while `ask` ran has been wiped since. */
async function wipedBy(ask: () => Promise<Answer>): Promise<{ answer: Answer; wiped: boolean[] }> {
  const seal = jest.spyOn(RingSealer.prototype, 'seal');
  const answer = await ask();
  const wiped = seal.mock.calls.map(([secret]) => {
    try {
      return secret.expose().every((byte) => byte === 0);
    } catch {
      return true;
    }
  });
  return { answer, wiped };
}

describe.each(SPOILERS)('when %s fails', (what, spoil, mend) => {
  it.each(MAKING)('%s leaves none of its secrets in memory', async (route, secrets) => {
    const row = ACCESS_ROWS[route];
    if (row === undefined) throw new Error(`no such route: ${route}`);
    const world = await newWorld(server);
    if (route === 'POST /store') await askAs(server, world, 'owner', 'POST', { path: `/delete/${world.clientId}` });
    if (route === 'POST /zauth/setup') {
      await askAs(server, world, 'owner', 'POST', { path: `/zauth/delete/${world.setUp.clientId}` });
    }
    const asked = row.ask(world, await walletClient());
    const before = await stateOf(server);
    await run(spoil);
    const { answer, wiped } = await wipedBy(() => askAs(server, world, 'owner', 'POST', asked));
    await run(mend);
    expect(answer.status).toBe({ nothing: row.success, 'the entry': 503, 'the commit': 500 }[what]);
    if (what !== 'nothing') expect(await stateOf(server)).toEqual(before);
    expect(wiped).toEqual(Array(secrets).fill(true));
  });
});

describe('POST /zvault/generate', () => {
  it('leaves no words in memory when the wallet is made and the split key is not', async () => {
    await run(`CREATE TRIGGER spoiled BEFORE INSERT ON vault_split_keys BEGIN SELECT RAISE(ABORT, 'spoiled'); END`);
    const { answer, wiped } = await wipedBy(() => server.as('alice').post('/zvault/generate'));
    await run('DROP TRIGGER spoiled');
    expect(answer.status).toBe(500);
    expect(wiped).toEqual([true, true, true]);
  });
});
