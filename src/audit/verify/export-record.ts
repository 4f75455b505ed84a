import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { countIn } from './absent-entries.js';
import { ExportFiles } from './export-files.js';
import { shownNumber } from './finding.js';
import type { Head } from './heads.js';
import { CannotVerifyError } from './record-source.js';
import type { RecordSource } from './record-source.js';
import type { GivenEvidence, RecordReport } from './record-report.js';
import type { TrustedLog } from './trusted-log.js';
import { RecordVerification } from './verify-record.js';

/** What was verified, and up to which checkpoint it was written; nothing was where something was found. */
export interface ExportReport {
  readonly report: RecordReport;
  readonly head: Head | undefined;
}

/**
 * Writes a record as a folder of files that the field's tools read (C2SP tlog-tiles): its newest checkpoint, and all
 * entries and tiles up to there. It is verified first, and written again hash by hash while the same moment of it is read;
 * what does not hold is not written. The folder is made, or is empty; it appears whole or not at all. Throws
 * `CannotVerifyError`, or what the file system says.
 */
export function exportRecord(
  source: RecordSource,
  log: TrustedLog,
  directory: string,
  given: GivenEvidence = {},
): ExportReport {
  const place = resolve(directory);
  refuseFull(place);
  const report = new RecordVerification(source, log, given).run();
  const head = report.own;
  if (report.findings.length > 0) return { report, head: undefined };
  if (report.unread.length > 0) {
    throw new CannotVerifyError(
      `${shownNumber(countIn(report.unread))} of its entries were archived: give --archive FOLDER`,
    );
  }
  const note = head === undefined ? undefined : noteOf(source, head);
  if (head === undefined || note === undefined)
    throw new CannotVerifyError('it has no checkpoint up to which to export');
  mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
  // Beside its place, since a rename does not cross file systems. Made for its owner alone.
  const draft = mkdtempSync(`${place}.partial-`);
  try {
    writeFiles(source, head, note, draft);
    renameSync(draft, place);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return { report, head };
}

function writeFiles(source: RecordSource, { size, root }: Head, note: string | Uint8Array, folder: string): void {
  const files = new ExportFiles(folder);
  let written = 0;
  for (const { bytes } of source.entries()) {
    if (written === size || bytes === undefined) break;
    files.append(bytes);
    written += 1;
  }
  if (!files.root.equals(root)) throw new CannotVerifyError('it was changed while it was read');
  files.end(note);
}

function noteOf(source: RecordSource, { origin, size }: Head): string | Uint8Array | undefined {
  for (const { note, row } of source.checkpoints()) {
    if (row === undefined || (row.origin === origin && row.size === size)) return note;
  }
  return undefined;
}

function refuseFull(place: string): void {
  try {
    if (readdirSync(place).length > 0) throw new CannotVerifyError(`${place} is not empty`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
