import { lstatSync } from 'node:fs';
import { DatabaseSource, cannotVerify } from './database-source.js';
import { exportRecord } from './export-record.js';
import type { ExportReport } from './export-record.js';
import { ExportSource } from './export-source.js';
import { CannotVerifyError } from './record-source.js';
import type { RecordSource } from './record-source.js';
import type { GivenEvidence, RecordReport } from './record-report.js';
import type { TrustedLog } from './trusted-log.js';
import { RecordVerification } from './verify-record.js';
import { withArchive } from './with-archive.js';

/**
 * Verifies the record in a database file, as `kms audit verify` does: that the entries are those that the log has signed,
 * as far as checkpoints cover them. Reads only, also beside a running service. It answers within the call: some
 * seconds for a million entries. Throws `CannotVerifyError` for what it cannot look at.
 *
 * @param log whom to trust: for the caller to know, never for the database to say
 */
export function verifyDatabase(file: string, log: TrustedLog, given: GivenEvidence = {}): RecordReport {
  return withRecord(file, given, (source) => new RecordVerification(source, log, given).run());
}

/** The same of a database file or of the folder of an export, whichever it is. */
export function verifyRecord(path: string, log: TrustedLog, given: GivenEvidence = {}): RecordReport {
  const isFolder = lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  if (!isFolder) return verifyDatabase(path, log, given);
  if (given.archive !== undefined) throw new CannotVerifyError('an export has all of its entries: it needs no archive');
  return new RecordVerification(ExportSource.open(path), log, given).run();
}

/** Exports the record in a database file; see `exportRecord`. */
export function exportDatabase(
  file: string,
  log: TrustedLog,
  directory: string,
  given: GivenEvidence = {},
): ExportReport {
  return withRecord(file, given, (source) => exportRecord(source, log, directory, given));
}

/** Reads one moment of the record in a database file, as {@link verifyDatabase} does. */
export function withRecord<T>(file: string, { archive }: GivenEvidence, work: (source: RecordSource) => T): T {
  const source = DatabaseSource.open(file);
  try {
    return work(archive === undefined ? source : withArchive(source, ExportSource.open(archive)));
  } catch (error) {
    throw cannotVerify(error);
  } finally {
    source.close();
  }
}
