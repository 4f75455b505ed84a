import { createSecretKey, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { openEverything } from '../../src/cli/restore/open-everything.js';
import { UnsoundCopyError } from '../../src/cli/restore/unsound-copy-error.js';
import type { BlsEngine } from '../../src/crypto/bls0chain/bls-engine.js';
import { ofEachDomain } from '../../src/crypto/sealing/data-key.js';
import type { KeyRing, KeyRings } from '../../src/crypto/sealing/data-key.js';
import { readKeyRings } from '../../src/data-keys/open-key-rings.js';
import { resealAll } from '../../src/data-keys/reseal.js';
import { createProvenEngine } from '../../src/crypto/create-engine.js';
import { SEALED_COLUMNS } from '../../src/sealed-columns.js';
import { openCustody } from '../../src/start/open-custody.js';
import { numbersFrom } from '../restrictions/evaluation/random-questions.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import { successOf } from '../support/api-client.js';
import { setUpBody, foreignSplitKey } from '../support/foreign-split-key.js';
import { SHARED_SECRET } from '../support/shared-secret.js';
import { splitWallet } from '../support/split-wallet.js';
import { startTestServer } from '../support/test-server.js';
import { rootKeyOf } from './earlier-release.js';

const MUTATIONS = 5000;
/** `ALTERED_SEED` repeats a run. */
const SEED = Number(process.env['ALTERED_SEED'] ?? Math.floor(Math.random() * 2 ** 32));

/** A sealed value, and where it is. */
interface Cell {
  readonly table: string;
  readonly column: string;
  readonly id: string;
  readonly value: Buffer;
}

let connection: BetterSqlite3.Database;
let rings: KeyRings;
let engine: BlsEngine;
let cells: readonly Cell[];
const random = numbersFrom(SEED);
const below = (bound: number): number => Math.floor(random() * bound);
const one = <T>(list: readonly T[]): T => list[below(list.length)] as T;

beforeAll(async () => {
  const directory = newDataDirectory();
  const server = await startTestServer({
    DATA_DIR: directory,
    DATABASE: join(directory, 'kms.sqlite'),
    JWT_SECRET: SHARED_SECRET,
  });
  for (const user of ['alice', 'bob']) {
    const { wallet } = await splitWallet(server.as(user));
    successOf(await server.as(user).with({ 'Idempotency-Key': 'once' }).post(`/key/${wallet.client_id}`), 201);
  }
  successOf(await server.as('dave').post('/zauth/setup', setUpBody(await foreignSplitKey())));
  await server.close();

  connection = new BetterSqlite3(join(directory, 'kms.sqlite'));
  const kept = await readKeyRings(connection, await openCustody(rootKeyOf(directory)));
  const next = ofEachDomain((domain): KeyRing => ({
    current: { id: randomBytes(8), epoch: kept[domain].current.epoch + 1, key: createSecretKey(randomBytes(32)) },
    earlier: [kept[domain].current],
  }));
  rings = { ...next, rows: kept.rows };
  engine = await createProvenEngine('herumi');
  await sealHalfAgain();
  cells = allCells();
}, 120_000);
afterAll(() => {
  connection.close();
  removeDataDirectories();
});

const allCells = (): Cell[] =>
  SEALED_COLUMNS.flatMap(({ table, column }) =>
    connection
      .prepare<[], { id: string; value: Buffer }>(
        `SELECT id, ${column} AS value FROM ${table} WHERE length(${column}) > 0 ORDER BY id`,
      )
      .all()
      .map((row) => ({ table, column, ...row })),
  );

const put = ({ table, column, id }: Cell, value: Buffer): unknown =>
  connection.prepare(`UPDATE ${table} SET ${column} = ? WHERE id = ?`).run(value, id);

/** So that values of two epochs stand beside each other, as while a rotation is under way. */
async function sealHalfAgain(): Promise<void> {
  const before = allCells();
  await resealAll(connection, rings, SEALED_COLUMNS, () => undefined);
  before.filter((_, at) => at % 2 === 0).forEach((cell) => put(cell, cell.value));
}

/** Of a value, by name: what it becomes, which is never itself. */
const CHANGES: Readonly<Record<string, (cell: Cell) => Buffer>> = {
  'a bit of it flipped': ({ value }) => withByte(value, below(value.length), (byte) => byte ^ (1 << below(8))),
  'a byte of it set': ({ value }) => withByte(value, below(value.length), (byte) => (byte + 1 + below(255)) & 255),
  'cut at its end': ({ value }) => value.subarray(0, below(value.length)),
  'cut at its beginning': ({ value }) => value.subarray(1 + below(value.length - 1)),
  'something added': ({ value }) => Buffer.concat([value, randomBytes(1 + below(40))]),
  'nothing but zeros': ({ value }) => Buffer.alloc(value.length),
  'something random': ({ value }) => randomBytes(value.length),
  'of another row, column, half or wallet': (cell) => other(cell).value,
  'the head of another': (cell) => spliced(cell, 0, 13),
  'the nonce of another': (cell) => spliced(cell, 13, 25),
  'the end of another': (cell) => spliced(cell, -16),
  'all but the head of another': (cell) => spliced(cell, 13),
  'another epoch': ({ value }) => withByte(value, 12, (byte) => byte ^ 3),
  'the format of earlier releases': ({ value }) => withByte(value, 0, () => 1),
};

function withByte(value: Buffer, at: number, change: (byte: number) => number): Buffer {
  const changed = Buffer.from(value);
  changed[at] = change(value[at] ?? 0);
  return changed;
}

const other = (cell: Cell): Cell => one(cells.filter(({ value }) => !value.equals(cell.value)));

/** The value with a range of it as another has it; offsets as of `subarray`. */
function spliced({ value }: Cell, from: number, to?: number): Buffer {
  const ranges = cells.map((cell) => cell.value.subarray(from, to));
  const foreign = one(ranges.filter((range) => !range.equals(value.subarray(from, to))));
  return Buffer.concat([value.subarray(0, from), foreign, to === undefined ? Buffer.alloc(0) : value.subarray(to)]);
}

/** How the database answers when somebody opens all of it; `undefined` when all opens. */
function refusal(): string | undefined {
  try {
    openEverything(connection, rings, engine, () => undefined);
    return undefined;
  } catch (error) {
    if (error instanceof UnsoundCopyError) return error.message;
    throw error;
  }
}

describe('a sealed value that somebody has altered in the database', () => {
  it('has neighbours of every column and of two epochs, which all open', () => {
    expect(new Set(cells.map(({ table, column }) => `${table}.${column}`)).size).toBe(SEALED_COLUMNS.length);
    expect(new Set(cells.map(({ value }) => value.readUInt32BE(9))).size).toBeGreaterThan(1);
    expect(refusal()).toBeUndefined();
  });

  it(`does not open, in ${MUTATIONS} mutations (ALTERED_SEED=${SEED})`, () => {
    const [made, opened]: [Record<string, number>, unknown[]] = [{}, []];
    for (let mutation = 0; mutation < MUTATIONS; mutation += 1) {
      const [name, change] = one(Object.entries(CHANGES));
      const cell = one(cells);
      connection.exec('BEGIN');
      put(cell, change(cell));
      // Not for want of the public key that its row shows: the envelope itself refuses.
      const expected = `the copy is not sound: ${cell.column} of a row of ${cell.table} cannot be opened`;
      if (refusal()?.startsWith(expected) !== true) opened.push({ mutation, name, ...cell });
      connection.exec('ROLLBACK');
      made[name] = (made[name] ?? 0) + 1;
    }
    expect(opened).toEqual([]);
    expect(Object.keys(made).sort()).toEqual(Object.keys(CHANGES).sort());
    expect(refusal()).toBeUndefined();
  }, 600_000);

  it('does not open where two have changed places', () => {
    for (const [at, cell] of cells.entries()) {
      for (const beside of cells.slice(at + 1)) {
        connection.exec('BEGIN');
        put(cell, beside.value);
        put(beside, cell.value);
        expect(refusal()).toContain('cannot be opened');
        connection.exec('ROLLBACK');
      }
    }
  }, 600_000);
});
