import { createSealer } from '../crypto/sealing/create-sealer.js';
import { ofEachDomain } from '../crypto/sealing/data-key.js';
import type { SealedColumn } from '../sealed-columns.js';
import { setVerified } from './kek-rows.js';
import { requireConfiguredIsCurrent, withConfigured } from './kek-work.js';
import type { KekWork } from './kek-work.js';
import { keptWrappings } from './key-tables.js';
import { ringsUnder } from './open-key-rings.js';
import { sealedPages } from './sealed-pages.js';
import { opens, sealedRows } from './sealed-rows.js';
import type { SealedRow } from './sealed-rows.js';

const BATCH = 64;
const SAID_EVERY = 5_000;

/** What was opened of all that is sealed. */
export interface Verified {
  readonly values: number;
  readonly damaged: number;
}

/**
 * Opens everything that is sealed with the current keys alone, as a start will that knows no others, and remembers that it
 * did when all opened. Rejects with `StartError` where the process was started with another key than the current one.
 */
export function verifySealed(
  work: KekWork,
  columns: readonly SealedColumn[],
  say: (line: string) => void,
): Promise<Verified> {
  return withConfigured(work, async (custody) => {
    const keks = await work.read((statements) => requireConfiguredIsCurrent(statements, custody));
    const rings = await ringsUnder(await work.read(keptWrappings), custody);
    const sealers = ofEachDomain((domain) => createSealer(rings[domain]));
    const pages = sealedPages(columns, {
      next: (column, last) => work.read((statements) => statements.all<SealedRow>(sealedRows(column, BATCH), last)),
      saidEvery: SAID_EVERY,
      say: (opened) => {
        say(`opened ${opened} values`);
      },
    });
    let [values, damaged] = [0, 0];
    for await (const { column, rows } of pages) {
      values += rows.length;
      for (const row of rows) if (!opens(row, column, sealers[column.domain])) damaged += 1;
    }
    if (damaged === 0) {
      await work.write((statements) => {
        // A rotation meanwhile would make it of another key.
        const now = requireConfiguredIsCurrent(statements, custody);
        for (const id of keks) if (now.includes(id)) setVerified(statements, id, work.nowMilliseconds());
      });
    }
    return { values, damaged };
  });
}
