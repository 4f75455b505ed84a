import { TILE_WIDTH } from '../tlog/tiles.js';
import { addRange } from '../verify/absent-entries.js';
import type { EntryRange } from '../verify/checked-tree.js';
import { formOf } from '../verify/entry-form.js';
import type { ExportSource } from '../verify/export-source.js';
import { shownNumber } from '../verify/finding.js';
import { CannotVerifyError } from '../verify/record-source.js';
import type { RecordSource } from '../verify/record-source.js';

/** What stays, whatever its age. */
export interface ArchiveTerms {
  /** How many entries a checkpoint covers. */
  readonly covered: number;
  /** What was recorded at this time or later stays, in milliseconds since 1970. */
  readonly beforeMilliseconds: number;
  /** The user keys whose entries stay, as the record has them. */
  readonly keysInUse: ReadonlySet<string>;
}

/** Which entries go. */
export interface ArchivePlan {
  /** A full bundle ends here, and none behind it is touched. 0: nothing can go. */
  readonly upTo: number;
  readonly going: readonly EntryRange[];
  /** All that will be absent, with those that are already. */
  readonly absent: readonly EntryRange[];
  /** How many up to there stay, since they are needed. */
  readonly staying: number;
}

/** By which the database shows what became of the log itself. */
const OF_THE_LOG: ReadonlySet<unknown> = new Set(['accept-rollback', 'accept-time', 'archive', 'lost-entry']);

/**
 * Which entries can go: in bundles that are full, covered and older than asked for, all but those that name a split key in
 * use (limits count back over them, repeats are answered from them, borrowers read from the loan on) and those about the
 * log itself. Throws `CannotVerifyError` where the export has not the same bytes, or the tree is not kept that far.
 *
 * @param record that was verified, as the export was
 */
export function planArchive(record: RecordSource, archive: ExportSource, terms: ArchiveTerms): ArchivePlan {
  const upTo = lastOldEntry(record, Math.min(terms.covered, archive.size), terms.beforeMilliseconds);
  const going: EntryRange[] = [];
  const absent: EntryRange[] = [];
  let [staying, next] = [0, 1];
  for (const { id, bytes } of record.entries()) {
    if (id > upTo) break;
    if (id > next) addRange(absent, { first: next, last: id - 1 });
    next = id + 1;
    if (bytes === undefined || isNeeded(formOf(bytes).said, terms.keysInUse)) {
      staying += 1;
      continue;
    }
    if (archive.entryAt(id)?.equals(bytes) !== true) {
      throw new CannotVerifyError(`the export has not the entry ${shownNumber(id)} that the database has`);
    }
    addRange(going, { first: id, last: id });
    addRange(absent, { first: id, last: id });
  }
  if (next <= upTo) addRange(absent, { first: next, last: upTo });
  return { upTo, going, absent, staying };
}

/** The last one of the full bundles in which all are older, as far as the tree over them is kept. */
function lastOldEntry(record: RecordSource, most: number, beforeMilliseconds: number): number {
  let upTo = most - (most % TILE_WIDTH);
  for (const { id, bytes } of record.entries()) {
    if (id > upTo) break;
    const at = bytes === undefined ? undefined : formOf(bytes).said['at_ms'];
    if (typeof at === 'number' && at < beforeMilliseconds) continue;
    upTo = id - 1 - ((id - 1) % TILE_WIDTH);
    break;
  }
  for (let number = 0; number < upTo / TILE_WIDTH; number += 1) {
    if (record.readTile(0, number) === undefined) {
      throw new CannotVerifyError(
        `the tree is not kept up to entry ${shownNumber(upTo)}: start the service once, and wait until it is ready`,
      );
    }
  }
  return upTo;
}

function isNeeded({ action, public_key: key }: Readonly<Record<string, unknown>>, keys: ReadonlySet<string>): boolean {
  return OF_THE_LOG.has(action) || (typeof key === 'string' && keys.has(key));
}
