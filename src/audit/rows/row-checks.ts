import { setImmediate } from 'node:timers/promises';
import { Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { keyOf, nameOf, pagesOf } from '../../database/rows/covered-table.js';
import type { CoveredRow, CoveredTable } from '../../database/rows/covered-table.js';
import { RowGuard } from '../../database/rows/row-guard.js';
import { SqliteUnitOfWork } from '../../database/sqlite-unit-of-work.js';
import type { Statements } from '../../database/statements.js';
import { compareRow, rowsAfterRemoval } from './compare-rows.js';
import type { ToldTables, UntrueRow } from './compare-rows.js';
import { ToldRows } from './told-rows.js';

/** Rows, or entries, of one turn of the event loop: a few milliseconds. */
const SLICE = 250;
const SAID_EVERY = 50_000;

/** What one half checks of its own rows, beside their codes and versions. */
export interface RowCheck {
  /** As much as a start has time for. */
  atStart(): Promise<readonly UntrueRow[]>;
  /** All of it; says how many rows that were. */
  whole(): Promise<{ readonly rows: number; readonly untrue: readonly UntrueRow[] }>;
}

/** What a whole check has found. */
export interface CheckedRows {
  readonly rows: number;
  readonly untrue: readonly UntrueRow[];
}

/**
 * Whether rows that decide are what the record tells of them. A code says that the service wrote a row, and not that it
 * wrote none after it: an earlier one that somebody has put back is found here, and is altered from then on.
 */
export class RowChecks implements OnApplicationBootstrap {
  readonly #logger = new Logger('Record');
  readonly #checks: RowCheck[] = [];

  constructor(
    private readonly unitOfWork: SqliteUnitOfWork,
    private readonly guard: RowGuard,
    /** Every table whose rows decide. */
    private readonly tables: readonly CoveredTable[],
  ) {}

  /**
   * Before the server listens. Compares versions, not codes, which are checked whenever a row is read: an earlier row that
   * somebody has put back decides nothing.
   */
  async onApplicationBootstrap(): Promise<void> {
    const began = performance.now();
    const told = new ToldRows();
    this.#condemn(await this.#compare(told));
    for (const check of this.#checks) this.#condemn(await check.atStart());
    const seconds = (performance.now() - began) / 1000;
    if (seconds > 1) this.#logger.log(`compared ${told.size} rows with the record in ${seconds.toFixed(1)} s`);
  }

  /** To be called before the server listens, by each half with what it checks; in `onModuleInit`. */
  add(check: RowCheck): void {
    this.#checks.push(check);
  }

  /** Everything, and every code, while the service goes on. */
  async whole(say: (line: string) => void): Promise<CheckedRows> {
    const untrue: UntrueRow[] = [];
    let rows = 0;
    for (const table of this.tables) {
      const checked = await this.#codesOf(table, (more) => {
        if (Math.floor(rows / SAID_EVERY) < Math.floor((rows + more) / SAID_EVERY)) say(`checked ${rows + more} rows`);
        rows += more;
      });
      untrue.push(...checked);
    }
    const compared = [...(await this.#compare(new ToldRows()))];
    for (const check of this.#checks) compared.push(...(await check.whole()).untrue);
    this.#condemn(compared);
    return { rows, untrue: [...untrue, ...compared] };
  }

  #condemn(untrue: readonly UntrueRow[]): void {
    for (const { table, key } of untrue) this.guard.condemn(table, key);
  }

  async #codesOf(table: CoveredTable, count: (more: number) => void): Promise<readonly UntrueRow[]> {
    const { first, next } = pagesOf(table);
    const untrue: UntrueRow[] = [];
    for (let last: CoveredRow | undefined; ;) {
      const behind = last === undefined ? [] : keyOf(table, last);
      const page = await this.unitOfWork.readAtOnce((statements) => {
        const rows = statements.all<CoveredRow>(last === undefined ? first : next, ...behind, SLICE);
        const bad = rows
          .map((row) => keyOf(table, row))
          .filter((key, at) => !this.guard.isIntact(table, key, rows[at]));
        return { rows, bad };
      });
      untrue.push(...page.bad.map((key) => ({ table, key, why: 'written by somebody else' as const })));
      count(page.rows.length);
      last = page.rows.at(-1);
      if (page.rows.length < SLICE) return untrue;
      await setImmediate();
    }
  }

  async #compare(told: ToldRows): Promise<readonly UntrueRow[]> {
    const tables: ToldTables = new Map(
      this.tables.filter(({ isTold }) => isTold === true).map((one) => [one.table, one]),
    );
    while (await this.unitOfWork.readAtOnce((statements) => told.read(SLICE, statements))) await setImmediate();
    const untrue: UntrueRow[] = [];
    const look = async <T>(
      of: Iterable<T>,
      compare: (one: T, statements: Statements) => readonly UntrueRow[],
    ): Promise<void> => {
      for (const slice of inSlices(of)) {
        const found = await this.unitOfWork.readAtOnce((statements) => {
          const first = slice.flatMap((one) => compare(one, statements));
          if (first.length === 0) return first;
          // What was written since the entries were read is told by now.
          while (told.read(SLICE, statements));
          return slice.flatMap((one) => compare(one, statements));
        });
        untrue.push(...found);
        await setImmediate();
      }
    };
    await look([...told.rows], ({ table, key }, statements) => {
      const row = told.of(table, key);
      const found = row === undefined ? undefined : compareRow(row, told, tables, statements);
      return found === undefined ? [] : [found];
    });
    await look([...told.removals], ({ table, ownerId, clientId }, statements) => {
      const removal = told.removalOf(table, ownerId, clientId);
      return removal === undefined ? [] : rowsAfterRemoval(removal, told, tables, statements);
    });
    return distinct(untrue);
  }
}

/** A row that is there though it was removed is found twice. */
function distinct(untrue: readonly UntrueRow[]): readonly UntrueRow[] {
  return [...new Map(untrue.map((one) => [nameOf(one.table, one.key), one])).values()];
}

function* inSlices<T>(all: Iterable<T>): Generator<readonly T[]> {
  let slice: T[] = [];
  for (const one of all) {
    if (slice.push(one) < SLICE) continue;
    yield slice;
    slice = [];
  }
  if (slice.length > 0) yield slice;
}
