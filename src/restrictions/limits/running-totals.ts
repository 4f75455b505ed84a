import type { Facts } from '../facts/facts.js';
import { counts } from './count-scope.js';
import type { CountScope } from './count-scope.js';
import { tallyOf } from './tally-of.js';
import type { Counter, Tally, Usage } from './usage.js';

/** The totals up to something that was counted, and when that was. */
interface Row extends Tally {
  readonly atMs: number;
}

const NOTHING: Tally = { valueSas: 0n, count: 0 };

/**
 * What limits ask for, in memory: rows of running totals for each scope, as the tables have them, for what is to be told
 * and never to be decided by. A row takes some hundred bytes: whoever counts much bounds how much.
 */
export class RunningTotals implements Usage {
  readonly #rows: ReadonlyMap<string, Row[]>;
  readonly #counted = new Set<string>();
  #newestMs = 0;

  /** @param scopes what is counted, each scope once */
  constructor(private readonly scopes: readonly CountScope[]) {
    this.#rows = new Map(scopes.map(({ key }) => [key, []]));
  }

  /** When something was last counted, in whatever scope; limits see no earlier time. */
  get newestMs(): number {
    return this.#newestMs;
  }

  isCounted(kind: Facts['kind'], hash: string): boolean {
    return this.#counted.has(nameOf(kind, hash));
  }

  /** Counts it in each scope that counts it, if it was not counted before; a time that went back stands still. */
  count(facts: Facts, atMs: number): void {
    const name = nameOf(facts.kind, facts.hash);
    if (this.#counted.has(name)) return;
    this.#counted.add(name);
    const counting = this.scopes.filter((scope) => counts(scope, facts));
    if (counting.length === 0) return;
    this.#newestMs = Math.max(this.#newestMs, atMs);
    const { valueSas, count } = tallyOf(facts);
    for (const { key } of counting) {
      const rows = this.#rowsOf(key);
      const before = rows.at(-1) ?? NOTHING;
      rows.push({ atMs: this.#newestMs, valueSas: before.valueSas + valueSas, count: before.count + count });
    }
  }

  /** Throws for a scope that is not counted: a limit without its sums would allow anything. */
  counter({ key }: CountScope): Counter {
    const rows = this.#rowsOf(key);
    const first = (holds: (row: Row) => boolean): Row | undefined => rows[firstIndex(rows, holds)];
    return {
      total: () => rows.at(-1) ?? NOTHING,
      upTo: (milliseconds) => rows[firstIndex(rows, ({ atMs }) => atMs > milliseconds) - 1] ?? NOTHING,
      whenValueWas: (valueSas) => first((row) => row.valueSas >= valueSas)?.atMs,
      whenCountWas: (count) => first((row) => row.count >= count)?.atMs,
    };
  }

  #rowsOf(key: string): Row[] {
    const rows = this.#rows.get(key);
    if (rows === undefined) throw new Error(`nothing counts what the limit is of (${key})`);
    return rows;
  }
}

/** The first row that holds, by halving: what holds for one holds for all after it. The length when none does. */
function firstIndex(rows: readonly Row[], holds: (row: Row) => boolean): number {
  let [from, to] = [0, rows.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    const row = rows[middle];
    if (row === undefined || holds(row)) to = middle;
    else from = middle + 1;
  }
  return from;
}

function nameOf(kind: Facts['kind'], hash: string): string {
  return `${kind} ${hash}`;
}
