import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { COVERED_TABLES } from '../../src/covered-tables.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import { servedFrom, whileTesting } from '../start/served-directory.js';
import { successOf } from '../support/api-client.js';
import { ensureBuilt, killLeftovers, spawnBuilt } from '../support/built-server.js';
import { keyWithPolicy } from '../support/key-with-policy.js';
import { numbersFrom } from '../restrictions/evaluation/random-questions.js';
import { signTransaction } from '../support/signing-calls.js';
import { transfer } from '../support/transactions.js';
import { asWithoutOwners, REMOVE_CODES } from './earlier-release.js';

const ROUNDS = 6;
const SEED = 20_261_130;
/** So that the step takes long enough to be met by a kill. */
const DECISIONS = 20_000;

beforeAll(() => {
  ensureBuilt();
}, 240_000);
afterAll(() => {
  killLeftovers();
  removeDataDirectories();
});

/** What an earlier release would have left, with many decisions of which each is to get a code. */
const AS_BEFORE = `
  ${REMOVE_CODES}
  DELETE FROM auth_freezes;
  WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${DECISIONS})
  INSERT INTO signing_decisions (digest) SELECT randomblob(32) FROM numbers`;

const CODES = `SELECT ${COVERED_TABLES.map(({ table }) => `(SELECT count(mac) FROM ${table})`).join(' + ')}`;
const ROWS = `SELECT ${COVERED_TABLES.map(({ table }) => `(SELECT count(*) FROM ${table})`).join(' + ')}`;

it(`a start that is killed while rows get their codes has given all or none, ${ROUNDS} times, and the next serves`, async () => {
  const random = numbersFrom(SEED);
  const before = newDataDirectory();
  let made: Awaited<ReturnType<typeof keyWithPolicy>> | undefined;
  await whileTesting(before, async (server) => {
    made = await keyWithPolicy(server.as('alice'), { limits: [{ kind: 'total', max_count: 1 }] });
  });
  await asWithoutOwners(before);
  const look = (directory: string, sql: string): unknown => {
    const connection = new BetterSqlite3(join(directory, 'kms.sqlite'));
    try {
      return sql === AS_BEFORE ? connection.exec(sql) : connection.prepare(sql).pluck().get();
    } finally {
      connection.close();
    }
  };
  look(before, AS_BEFORE);
  const found: unknown[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const directory = newDataDirectory();
    cpSync(before, directory, { recursive: true, filter: (name) => !name.endsWith('.sock') });
    const built = spawnBuilt(servedFrom(directory));
    await setTimeout(400 + random() * 1200);
    built.process.kill('SIGKILL');
    await built.ended;
    const codes = look(directory, CODES);
    expect([0, look(directory, ROWS)]).toContain(codes);
    found.push(codes);
    await whileTesting(directory, async (server) => {
      if (made === undefined) throw new Error('there is no split key');
      successOf(await signTransaction(server.anonymous(), made.key, transfer(made.wallet, '1')));
      expect((await server.anonymous().get('/metrics')).text).toMatch(/^kms_altered_rows_read_total 0$/m);
    });
  }
  expect(found).toHaveLength(ROUNDS);
}, 240_000);
