import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { problemOf } from '../support/api-client.js';
import type { Answer } from '../support/api-client.js';
import { stateOf } from '../support/database-state.js';
import { plainLineOf } from '../support/dialects.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { walletClient } from '../support/wallet-client.js';
import type { WalletClient } from '../support/wallet-client.js';
import { ACCESS_ROWS, entitled, LEAVE_NO_ENTRY } from './access-rows.js';
import { askAs, newWorld } from './access-world.js';

const directory = mkdtempSync(join(tmpdir(), 'kms-locked-'));
const file = join(directory, 'kms.sqlite');
let server: TestServer;
let client: WalletClient;
/** Somebody's `sqlite3` shell. */
let shell: BetterSqlite3.Database;
beforeAll(async () => {
  server = await startTestServer({ DATABASE: file });
  client = await walletClient();
  shell = new BetterSqlite3(file);
});
afterAll(async () => {
  shell.close();
  await server.stop();
  rmSync(directory, { recursive: true });
});

/** Every call, in both dialects, whose decision is recorded. */
const RECORDED = Object.entries(ACCESS_ROWS).filter(
  ([route, { rule }]) => rule !== 'anyone' && !LEAVE_NO_ENTRY.has(route),
);

function expectBusy(answer: Answer, route: string): void {
  const told = 'the database is locked by another program; nothing was changed';
  if (route.includes(' /z')) expect(plainLineOf(answer, 503)).toBe(told);
  else expect(problemOf(answer, 503)).toMatchObject({ code: 'DATABASE.BUSY', detail: told });
  expect(answer.headers.get('Retry-After')).toBe('1');
}

describe('while another program has locked the database', () => {
  it('every call is answered 503 with Retry-After, none is done, and health answers meanwhile', async () => {
    const calls: { route: string; success: number; ask: () => Promise<Answer> }[] = [];
    for (const [route, row] of RECORDED) {
      const world = await newWorld(server);
      const [method = ''] = route.split(' ');
      const asked = row.ask(world, client);
      calls.push({ route, success: row.success, ask: () => askAs(server, world, entitled(row), method, asked) });
    }
    const before = await stateOf(server);
    const record = await server.audit();

    shell.exec('BEGIN IMMEDIATE');
    let answered = 0;
    const asked = calls.map(async ({ ask }) => ask().finally(() => (answered += 1)));
    for (let look = 0; look < 5; look += 1) {
      expect((await server.anonymous().get('/health/live')).status).toBe(200);
    }
    // Had they waited in the driver, the first of them would have been answered before health was.
    expect(answered).toBe(0);
    const answers = await Promise.all(asked);
    answers.forEach((answer, index) => {
      expectBusy(answer, calls[index]?.route ?? '');
    });
    expect(await stateOf(server)).toEqual(before);
    expect(await server.audit()).toEqual(record);

    shell.exec('ROLLBACK');
    for (const { success, ask } of calls) expect((await ask()).status).toBe(success);
  });

  it('a call that came meanwhile is done once when the lock is gone', async () => {
    const owner = server.as('patient');
    shell.exec('BEGIN IMMEDIATE');
    const asked = [owner.post('/wallet'), owner.post('/wallet')];
    for (let look = 0; look < 5; look += 1) await server.anonymous().get('/health/live');
    shell.exec('ROLLBACK');
    for (const answer of await Promise.all(asked)) expect(answer.status).toBe(201);
    expect((await owner.get('/wallets')).json).toHaveLength(2);
  });
});
