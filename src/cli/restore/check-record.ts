import { existsSync } from 'node:fs';
import { shownNumber } from '../../audit/verify/finding.js';
import { CannotVerifyError } from '../../audit/verify/record-source.js';
import { TrustedLog } from '../../audit/verify/trusted-log.js';
import { verifyDatabase } from '../../audit/verify/verify-database.js';
import { StartError } from '../../errors/start-error.js';
import { isNewer, KeptCheckpoints } from './kept-checkpoints.js';
import type { SignedSize } from './kept-checkpoints.js';
import type { OwnLog } from './own-log.js';
import { UnsoundCopyError } from './unsound-copy-error.js';

/** What somebody has of the log outside the copy. */
export interface KeptOfLog {
  /** The keys that sign its checkpoints; empty where none is known. */
  readonly vkeys: readonly string[];
  /** Files of checkpoints that the copy is held against. */
  readonly checkpoints: readonly string[];
  /** `AUDIT_CHECKPOINT_FILE`, which only says how far the log had come. */
  readonly checkpointFile: string | undefined;
}

const CONSISTENT =
  'its record agrees with itself, by a key out of the copy: whoever wrote the copy anew could say as much';
const NOT_BEGUN = 'its record is of an earlier release, whose log has not begun: there is nothing to verify';

/**
 * Verifies the record of a copy, by keys that were kept elsewhere or else by its own, and says in lines what was shown and
 * how far behind it is. Throws `UnsoundCopyError` when the record does not hold, `StartError` when it cannot be looked at,
 * and `MalformedTlogError`.
 */
export function checkRecord(draft: string, own: OwnLog | undefined, kept: KeptOfLog): readonly string[] {
  if (own === undefined) {
    if (kept.vkeys.length > 0) throw new StartError('the log of the copy has not begun: there is nothing to verify');
    return [NOT_BEGUN];
  }
  const isTrusted = kept.vkeys.length > 0;
  const log = TrustedLog.of({ checkpoints: isTrusted ? kept.vkeys : [own.vkey] });
  const copy = { epoch: log.named(own.epoch.origin)?.epoch ?? own.epoch.number, entries: own.entries };
  const files = kept.checkpoints.map((file) => new KeptCheckpoints(file, log, copy));
  const surveys = files.map((file) => file.survey());
  const checkpoints = files.filter((_, index) => surveys[index]?.isAllBehind !== true);
  const { findings, covered } = verified(() => verifyDatabase(draft, log, { checkpoints }));
  // A copy from before the first checkpoint is a whole one; whoever asks for a proof wants one.
  const faults = isTrusted ? findings : findings.filter(({ kind }) => kind !== 'not-covered');
  const [fault] = faults;
  if (fault !== undefined) throw new UnsoundCopyError(`the record of the copy does not hold: ${fault.text}`);
  if (kept.checkpointFile !== undefined && existsSync(kept.checkpointFile)) {
    surveys.push(new KeptCheckpoints(kept.checkpointFile, log, copy).survey());
  }
  const newest = newestOf(surveys.map((survey) => survey.newest));
  const shown = `${shownNumber(covered)} of ${shownNumber(own.entries)} entries of its record are as the log signed them`;
  return [isTrusted ? shown : CONSISTENT, ...behind(own, copy.epoch, newest)];
}

function verified<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof CannotVerifyError) throw new StartError(`the record cannot be verified: ${error.message}`);
    throw error;
  }
}

function newestOf(known: readonly (SignedSize | undefined)[]): SignedSize | undefined {
  return known.reduce((newest, one) => (one !== undefined && isNewer(one, newest) ? one : newest), undefined);
}

function behind({ entries }: OwnLog, epoch: number, newest: SignedSize | undefined): readonly string[] {
  if (newest === undefined) return ['how far behind it is, no checkpoint tells: none was given, or found'];
  const head = `the newest known checkpoint, of ${shownNumber(newest.size)} entries as ${newest.origin}`;
  if (newest.epoch > epoch) return [`it is from before a rollback was accepted, and behind ${head}`];
  const missing = newest.size - entries;
  if (newest.epoch < epoch || missing <= 0) return [`it is not behind ${head}`];
  return [`it is ${shownNumber(missing)} ${missing === 1 ? 'entry' : 'entries'} behind ${head}`];
}
