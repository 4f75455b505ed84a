import { shownEntries, shownNumber } from '../../audit/verify/finding.js';
import { KeptNotesFile } from '../../audit/verify/kept-notes-file.js';
import { QuietKey } from '../../audit/verify/quiet-key.js';
import type { Heard } from '../../audit/verify/quiet-key.js';
import { CannotVerifyError } from '../../audit/verify/record-source.js';
import type { RecordReport } from '../../audit/verify/record-report.js';
import { verifyRecord } from '../../audit/verify/verify-database.js';
import { tell } from './leaf.js';
import { progressTo } from './progress.js';
import type { Terminal } from './terminal.js';
import { trustedBy } from './trusted-by.js';
import type { TrustOptions } from './trusted-by.js';
import { jsonOf, linesOf } from './verify-report.js';

/** As the command line has them. */
export interface QuietOptions extends TrustOptions {
  readonly since: string;
  readonly checkpoints?: readonly string[];
  readonly archive?: string;
  readonly json?: true;
}

const PUBLIC_KEY = /^[0-9a-f]{128}$/;
const ENTRY = /^(0|[1-9]\d{0,14})$/;

/**
 * Shows that a record has no signature of a split key behind an entry. Returns the exit code: 1 when it has one, or does
 * not hold. Throws what `verifyRecord` does.
 */
export function auditProveQuiet(key: string, path: string, options: QuietOptions, terminal: Terminal): number {
  const log = trustedBy(options);
  const publicKey = key.toLowerCase();
  if (!PUBLIC_KEY.test(publicKey)) throw new CannotVerifyError('the key must be a user key: 128 hexadecimal digits');
  if (!ENTRY.test(options.since)) throw new CannotVerifyError('--since must be the id of an entry, or 0');
  const since = Number(options.since);
  const quiet = new QuietKey(publicKey, since);
  const report = verifyRecord(path, log, {
    checkpoints: (options.checkpoints ?? []).map((file) => new KeptNotesFile(file)),
    archive: options.archive,
    each: (entry, said) => {
      quiet.hear(entry, said);
    },
    progress: progressTo(terminal),
  });
  if (report.findings.length > 0) {
    const shown = { file: path, log, report };
    tell(terminal, options.json, { lines: linesOf(shown), json: jsonOf(shown) });
    return 1;
  }
  const unread = report.unread.find(({ last }) => last > since);
  if (unread !== undefined) {
    const which = shownEntries(Math.max(unread.first, since + 1), unread.last);
    throw new CannotVerifyError(
      `${which} of it were archived, and nobody has read what they say: give --archive FOLDER`,
    );
  }
  if (report.covered <= since) {
    throw new CannotVerifyError(`no checkpoint covers an entry behind ${since}: there is nothing to claim yet`);
  }
  const heard = quiet.first !== undefined && quiet.first.entry <= report.covered ? quiet.first : undefined;
  const json = {
    key: publicKey,
    quiet: heard === undefined,
    first_entry: since + 1,
    last_entry: report.covered,
    heard: heard === undefined ? null : { entry: heard.entry, what: heard.what },
  };
  tell(terminal, options.json, { lines: claimOf(publicKey, since, heard, report), json });
  return heard === undefined ? 0 : 1;
}

function claimOf(key: string, since: number, heard: Heard | undefined, report: RecordReport): readonly string[] {
  if (heard !== undefined) return [`NOT QUIET: entry ${shownNumber(heard.entry)} tells of ${heard.what}`];
  const { kept, own, covered } = report;
  const head = kept !== undefined && kept.size >= covered ? kept : (own ?? kept);
  return [
    `quiet: no entry from ${shownNumber(since + 1)} to ${shownNumber(covered)} tells of a signature of the key ${key}`,
    ...(head === undefined
      ? []
      : [
          `by the checkpoint of ${head.origin}, ${shownNumber(head.size)} entries, root ${head.root.toString('base64')}`,
        ]),
    `not claimed: that what it had signed up to entry ${shownNumber(since)} was not given again; repeats are told of an hour later`,
  ];
}
