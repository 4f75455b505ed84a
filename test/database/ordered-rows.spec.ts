import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import fc from 'fast-check';
import { OrderedRows } from '../../src/database/ordered-rows.js';
import type { Place } from '../../src/database/list-window.js';
import { Statements } from '../../src/database/statements.js';

interface Row {
  readonly a: number;
  readonly b: string;
}

const rows = new OrderedRows<Row>({ table: 'things', scope: 'list', order: ['a', 'b'], columns: ['a', 'b'] });
const placeOf = ({ a, b }: Row): Place => [a, b];

let connection: BetterSqlite3.Database;
let statements: Statements;
beforeAll(() => {
  connection = new BetterSqlite3(':memory:');
  connection.exec('CREATE TABLE things (list TEXT, a INTEGER, b TEXT, UNIQUE (list, a, b))');
  statements = new Statements(connection);
});
afterAll(() => {
  connection.close();
});

function fill(things: readonly Row[], list = 'mine'): void {
  const insert = connection.prepare('INSERT OR IGNORE INTO things VALUES (?, ?, ?)');
  for (const { a, b } of things) insert.run(list, a, b);
}

/** Reads a window to its end in slices, changing the table between them. */
function readAll(
  after: Place | undefined,
  most: number | undefined,
  slice: number,
  between = (): void => undefined,
): Row[] {
  const window = rows.window('mine', { after, most }, statements);
  const read: Row[] = [];
  if (window === undefined) return read;
  for (let from = after; ;) {
    const next = rows.slice('mine', { after: from, last: window.last, most: slice }, statements);
    read.push(...next);
    const end = next.at(-1);
    if (end === undefined || next.length < slice) return read;
    from = placeOf(end);
    between();
  }
}

const things = fc.uniqueArray(fc.record({ a: fc.nat(5), b: fc.constantFrom('a', 'b', 'c', 'é', '') }), {
  selector: ({ a, b }) => `${a} ${b}`,
  maxLength: 25,
});
const inOrder = (one: Row, other: Row): number =>
  one.a - other.a || Buffer.compare(Buffer.from(one.b), Buffer.from(other.b));

describe('rows in order', () => {
  it('are all read, once each and in order, whatever the pages and slices', () => {
    fc.assert(
      fc.property(things, fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }), (some, most, slice) => {
        connection.exec('DELETE FROM things');
        fill(some);
        fill(some, 'theirs');
        const expected = some.toSorted(inOrder);
        expect(readAll(undefined, undefined, slice)).toEqual(expected);
        const read: Row[] = [];
        for (let after: Place | undefined, hasMore = true; hasMore;) {
          const window = rows.window('mine', { after, most }, statements);
          const page = readAll(after, most, slice);
          expect(page.length).toBe(Math.min(most, expected.length - read.length));
          read.push(...page);
          after = window?.last;
          hasMore = window?.hasMore ?? false;
        }
        expect(read).toEqual(expected);
      }),
    );
  });

  it('are neither repeated nor left out when others come and go between the slices', () => {
    fc.assert(
      fc.property(things, things, things, (stay, come, go) => {
        connection.exec('DELETE FROM things');
        fill(stay);
        fill(go);
        let turn = 0;
        const read = readAll(undefined, undefined, 2, () => {
          const [arriving, leaving] = [come[turn], go[turn]];
          turn += 1;
          if (arriving !== undefined) fill([arriving]);
          const isToStay = stay.some(({ a, b }) => a === leaving?.a && b === leaving.b);
          if (leaving !== undefined && !isToStay) {
            connection
              .prepare('DELETE FROM things WHERE list = ? AND a = ? AND b = ?')
              .run('mine', leaving.a, leaving.b);
          }
        });
        expect(read).toEqual(read.toSorted(inOrder));
        expect(new Set(read.map(({ a, b }) => `${a} ${b}`)).size).toBe(read.length);
        for (const thing of stay) expect(read).toContainEqual(thing);
      }),
    );
  });
});
