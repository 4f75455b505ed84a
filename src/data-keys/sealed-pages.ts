import { setImmediate, setTimeout } from 'node:timers/promises';
import type { SealedColumn } from '../sealed-columns.js';
import type { SealedRow } from './sealed-rows.js';

/** Some sealed values of one column. */
export interface SealedPage {
  readonly column: SealedColumn;
  readonly rows: readonly SealedRow[];
}

/** How values are gone through. */
export interface Passage {
  /** The next values of a column behind a place, in the order of places, from 1 on; none when it is at its end. */
  readonly next: (column: SealedColumn, last: number) => Promise<readonly SealedRow[]>;
  /** Hears how many values have been gone through, whenever so many more have. */
  readonly saidEvery: number;
  /** Values a second at most; as fast as it goes, if absent. */
  readonly perSecond?: number;
  readonly say: (values: number) => void;
}

/**
 * Every sealed value of these columns, page by page. The event loop has a turn behind each at least, so whoever else wants
 * to read or write can do it in between. Rejects with what `next` says.
 */
export async function* sealedPages(
  columns: readonly SealedColumn[],
  { next, saidEvery, say, perSecond = Infinity }: Passage,
): AsyncGenerator<SealedPage> {
  let values = 0;
  for (const column of columns) {
    for (let last = 0; ;) {
      const begunAt = performance.now();
      const rows = await next(column, last);
      if (rows.length === 0) break;
      yield { column, rows };
      const before = values;
      values += rows.length;
      last = rows.at(-1)?.at ?? last;
      if (Math.floor(before / saidEvery) < Math.floor(values / saidEvery)) say(values);
      const restMs = (rows.length * 1000) / perSecond - (performance.now() - begunAt);
      await (restMs > 0 ? setTimeout(restMs) : setImmediate());
    }
  }
}
