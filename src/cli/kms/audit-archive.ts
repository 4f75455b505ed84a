import { archiveRecord } from '../../audit/archive/archive-record.js';
import { planArchive } from '../../audit/archive/plan-archive.js';
import type { ArchivePlan } from '../../audit/archive/plan-archive.js';
import { readKeys } from '../../audit/archive/read-keys.js';
import { countIn } from '../../audit/verify/absent-entries.js';
import { ExportSource } from '../../audit/verify/export-source.js';
import { shownNumber } from '../../audit/verify/finding.js';
import { KeptNotesFile } from '../../audit/verify/kept-notes-file.js';
import { CannotVerifyError } from '../../audit/verify/record-source.js';
import type { GivenEvidence, RecordReport } from '../../audit/verify/record-report.js';
import type { TrustedLog } from '../../audit/verify/trusted-log.js';
import { verifyRecord, withRecord } from '../../audit/verify/verify-database.js';
import { SystemClock } from '../../clock/clock.js';
import { loadConfiguration } from '../../config/load-configuration.js';
import { KEYS_IN_USE } from '../../keys-in-use.js';
import { onStoppedDatabase } from '../on-stopped-database.js';
import { printable } from './printable.js';
import { progressTo } from './progress.js';
import { tell } from './leaf.js';
import type { Surroundings, Terminal } from './terminal.js';
import { trustedBy } from './trusted-by.js';
import type { TrustOptions } from './trusted-by.js';
import { linesOf } from './verify-report.js';

/** As the command line has them. */
export interface ArchiveOptions extends TrustOptions {
  readonly olderThan: string;
  readonly checkpoints?: readonly string[];
  readonly dryRun?: true;
  readonly json?: true;
}

const DAYS = /^(0|[1-9]\d{0,4})$/;
const DAY_MS = 86_400_000;

/**
 * Takes old entries that an export has out of the database of a service that does not run. Resolves with the exit code: 1 when
 * the record or the export does not hold. Rejects with `CannotVerifyError`, `StartError` and what the file system says.
 */
export async function auditArchive(folder: string, options: ArchiveOptions, around: Surroundings): Promise<number> {
  const log = trustedBy(options);
  if (!DAYS.test(options.olderThan)) throw new CannotVerifyError('--older-than must be a number of days, such as 365');
  const clock = around.clock ?? new SystemClock();
  const beforeMilliseconds = clock.nowMilliseconds() - Number(options.olderThan) * DAY_MS;
  const configuration = loadConfiguration(around.environment);
  const given: GivenEvidence = {
    checkpoints: (options.checkpoints ?? []).map((path) => new KeptNotesFile(path)),
    progress: progressTo(around),
  };
  return onStoppedDatabase(configuration, around.error, (database) => {
    const covered = [database, folder].map((path) => coveredIn(path, log, path === database ? given : {}, around));
    if (covered.includes(undefined)) {
      around.error('nothing was archived');
      return 1;
    }
    const terms = {
      covered: Math.min(...covered.map(Number)),
      beforeMilliseconds,
      keysInUse: readKeys(database, KEYS_IN_USE),
    };
    const plan = withRecord(database, {}, (record) => planArchive(record, ExportSource.open(folder), terms));
    if (countIn(plan.going) > 0 && options.dryRun !== true) {
      archiveRecord(database, plan, clock, configuration.txnVerification);
    }
    tell(around, options.json, { lines: linesAbout(plan, folder, options), json: jsonAbout(plan, folder, options) });
    return 0;
  });
}

/** How many entries of a record a checkpoint covers; `undefined` when it does not hold, and that is told. */
function coveredIn(path: string, log: TrustedLog, given: GivenEvidence, terminal: Terminal): number | undefined {
  const report: RecordReport = verifyRecord(path, log, given);
  if (report.findings.length === 0) return report.covered;
  for (const line of linesOf({ file: path, log, report })) terminal.error(printable(line));
  return undefined;
}

function linesAbout({ upTo, going, staying }: ArchivePlan, folder: string, options: ArchiveOptions): readonly string[] {
  const count = countIn(going);
  const stay = `${shownNumber(staying)} up to there stay: they name split keys in use, or are about the log itself`;
  if (count === 0) {
    return [`nothing to archive: no entry in a full bundle is older than ${options.olderThan} days and needed no more`];
  }
  if (options.dryRun === true) return [`would archive ${shownNumber(count)} entries up to ${shownNumber(upTo)}`, stay];
  return [
    `archived ${shownNumber(count)} entries up to ${shownNumber(upTo)}`,
    stay,
    `their texts are in ${folder} alone now: keep copies of it, and give it as --archive to verify or to export again`,
  ];
}

function jsonAbout({ upTo, going, staying }: ArchivePlan, folder: string, { dryRun }: ArchiveOptions): object {
  return { folder, archived: countIn(going), staying, up_to: upTo, dry_run: dryRun === true };
}
