import { statSync } from 'node:fs';
import { StartError } from '../errors/start-error.js';
import { besideDatabase } from './database-files.js';
import { databaseHeader, isOwnLog } from './log-mark.js';
import { realPathOf } from './real-path.js';
import { committedPages, readAt, readLogHeader, withFile } from './write-ahead-log.js';

const DATABASE_HEADER_BYTES = 100;
const JOURNAL_MAGIC = Buffer.from('d9d505f920a163d7', 'hex');
const MOST_PAGE_BYTES = 65_536;
/** Fields of the first page that a mark changes: change counter, user version, and which release wrote last. */
const FIELDS_OF_A_MARK = [
  [24, 28],
  [60, 64],
  [92, 100],
] as const;

/**
 * Throws `StartError` when SQLite would mix into this database what was written to another one: a write-ahead log or a
 * rollback journal that is not its own. That is what is left when a database is killed and then replaced by a copy.
 *
 * To be called before any connection of this process is open: closing a file takes away SQLite's locks on it.
 */
export function refuseForeignLog(database: string): void {
  const log = besideDatabase(database, '-wal');
  if (!isLogOf(database, log)) throw foreign(database, log, 'a write-ahead log');
  const journal = besideDatabase(database, '-journal');
  if (isForeignJournal(database, journal)) throw foreign(database, journal, 'a rollback journal');
}

/** Whether SQLite may put this log into this database; see docs/adr/0022. */
export function isLogOf(database: string, log: string): boolean {
  const header = readLogHeader(log);
  const firstPage = withFile(database, (descriptor) => readAt(descriptor, 0, DATABASE_HEADER_BYTES));
  if (header === undefined || firstPage === undefined) return true;
  const own = databaseHeader(firstPage);
  if (own.mark !== 0 && isOwnLog(own, header)) return true;
  const pages = committedPages(log, header);
  if (changesNothing(database, pages)) return true;
  // The last start was of a release that made no marks, and was killed.
  return own.mark === 0 && isOlder(database, log) && !isMarked(pages.get(1));
}

/** Whether the database has every page of the log already, but for what a mark changes. */
function changesNothing(database: string, pages: ReadonlyMap<number, Buffer>): boolean {
  return (
    withFile(database, (descriptor) =>
      [...pages].every(([number, page]) => {
        const present = readAt(descriptor, (number - 1) * page.length, page.length);
        return present !== undefined && blanked(present, number).equals(blanked(page, number));
      }),
    ) ?? false
  );
}

function blanked(page: Buffer, number: number): Buffer {
  if (number !== 1) return page;
  const copy = Buffer.from(page);
  for (const [from, to] of FIELDS_OF_A_MARK) copy.fill(0, from, to);
  return copy;
}

function isMarked(firstPage: Buffer | undefined): boolean {
  return firstPage !== undefined && databaseHeader(firstPage).mark !== 0;
}

function isOlder(database: string, log: string): boolean {
  return statSync(realPathOf(database)).mtimeMs <= statSync(log).mtimeMs;
}

/** SQLite leaves a journal here only while it makes the first page of a new database. */
function isForeignJournal(database: string, journal: string): boolean {
  const start = withFile(journal, (descriptor) => readAt(descriptor, 0, JOURNAL_MAGIC.length));
  return start?.equals(JOURNAL_MAGIC) === true && statSync(realPathOf(database)).size > MOST_PAGE_BYTES;
}

function foreign(database: string, file: string, what: string): StartError {
  return new StartError(
    `beside the database ${database} is ${what} that was not written for it (${file}), and would be mixed into it: ` +
      'if the database came from a copy, move that file away, or restore the copy by npm run restore -- FILE; ' +
      'if a program other than this service wrote to the database and was killed, open it once with sqlite3',
  );
}
