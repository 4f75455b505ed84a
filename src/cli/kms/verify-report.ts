import { countIn } from '../../audit/verify/absent-entries.js';
import { shownEntries, shownNumber } from '../../audit/verify/finding.js';
import type { Head } from '../../audit/verify/heads.js';
import type { TrustedLog } from '../../audit/verify/trusted-log.js';
import type { RecordReport } from '../../audit/verify/record-report.js';

/** What was verified, as which log, and what came of it. */
export interface ShownReport {
  readonly file: string;
  readonly log: TrustedLog;
  readonly report: RecordReport;
}

/** For people. Names out of the record are in it: to be made printable. */
export function linesOf({ file, log, report }: ShownReport): readonly string[] {
  const { findings, notes, promises, proofs } = report;
  return [
    `${file}: the record of ${log.origin}, ${shownNumber(report.entries)} entries`,
    ...coverage(report),
    ...promises.map(({ where, state, entry }) => `the promise in ${where}: ${state}${asEntry(entry)}`),
    ...proofs.map(
      ({ where, holds, entry }) => `the proof in ${where}: ${holds ? 'holds' : 'does not hold'}${asEntry(entry)}`,
    ),
    ...notes.map((note) => `note: ${note}`),
    ...notShown(report, log).map((line) => `not shown: ${line}`),
    ...findings.map(({ text }) => `FOUND: ${text}`),
    verdictOf(report),
  ];
}

/** For programs. */
export function jsonOf({ file, log, report }: ShownReport): object {
  const { entries, kept, own, covered, findings, notes, promises, proofs } = report;
  return {
    file,
    log: log.origin,
    holds: findings.length === 0,
    first_bad_entry: firstBad(report) ?? null,
    entries,
    covered,
    archived_and_not_read: countIn(report.unread),
    checkpoint_kept_elsewhere: headInJson(kept),
    checkpoint_of_its_own: headInJson(own),
    findings: findings.map(({ kind, text, firstEntry, lastEntry }) => ({
      kind,
      text,
      ...(firstEntry === undefined ? {} : { first_entry: firstEntry, last_entry: lastEntry ?? firstEntry }),
    })),
    promises,
    proofs,
    notes,
    not_shown: notShown(report, log),
  };
}

function coverage({ entries, kept, own, covered }: RecordReport): readonly string[] {
  const keptSize = kept?.size ?? 0;
  const lines: string[] = [];
  if (kept !== undefined)
    lines.push(`${ofEntries(1, keptSize)} as signed, by the checkpoint of ${ofHead(kept)}, kept elsewhere`);
  if (own !== undefined && own.size > keptSize) {
    lines.push(`${ofEntries(keptSize + 1, own.size)} as signed, by its own checkpoint of ${ofHead(own)}`);
  }
  if (entries > covered) lines.push(`${ofEntries(covered + 1, entries)} covered by no checkpoint that holds`);
  return lines;
}

function ofEntries(first: number, last: number): string {
  return first > last ? 'no entries,' : `${shownEntries(first, last)}${first === last ? ' is' : ' are'}`;
}

function ofHead({ size, where, timestampSeconds }: Head): string {
  const time = timestampSeconds === undefined ? '' : ` at ${new Date(timestampSeconds * 1000).toISOString()}`;
  return `${shownNumber(size)} in ${where}${time}`;
}

/** What nobody may conclude from it. */
function notShown({ kept, own }: RecordReport, log: TrustedLog): readonly string[] {
  const lines: string[] = [];
  if (kept === undefined) {
    lines.push(
      "anything against whoever has both the log's key and the disk: give checkpoints that were kept elsewhere",
    );
  } else if (own !== undefined && own.size > kept.size) {
    lines.push(`the same behind entry ${shownNumber(kept.size)}, against whoever has both the log's key and the disk`);
  }
  if (!log.knowsTimes) lines.push('when anything was signed: give --times-vkey');
  return lines;
}

function verdictOf(report: RecordReport): string {
  const { findings } = report;
  if (findings.length === 0) return 'verified: nothing was found';
  const first = firstBad(report);
  return `NOT VERIFIED${first === undefined ? '' : `: the first bad entry is ${first}`}`;
}

/** The text says of several if one of them is bad and which is not known. */
function firstBad({ findings }: RecordReport): string | undefined {
  const [first] = findings;
  if (first?.firstEntry === undefined) return undefined;
  const { firstEntry, lastEntry = firstEntry } = first;
  if (firstEntry === lastEntry) return String(firstEntry);
  return `among ${firstEntry} to ${lastEntry}`;
}

function asEntry(entry: number | undefined): string {
  return entry === undefined ? '' : `, entry ${shownNumber(entry)}`;
}

function headInJson(head: Head | undefined): object | null {
  if (head === undefined) return null;
  const { origin, size, root, where, timestampSeconds = null } = head;
  return { origin, size, root: root.toString('base64'), where, timestamp_seconds: timestampSeconds };
}
