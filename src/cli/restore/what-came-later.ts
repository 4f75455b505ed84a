import { shownNumber } from '../../audit/verify/finding.js';
import { CannotVerifyError } from '../../audit/verify/record-source.js';
import { TrustedLog } from '../../audit/verify/trusted-log.js';
import { verifyRecord } from '../../audit/verify/verify-database.js';
import { databaseState } from '../../database/database-files.js';
import { refuseForeignLog } from '../../database/foreign-log.js';
import { withDatabase } from '../../database/start-checks.js';
import { StartError } from '../../errors/start-error.js';
import { LaterChanges } from './later-changes.js';
import type { LaterChange } from './later-changes.js';
import type { OwnLog } from './own-log.js';

/** Where somebody may know more than the copy does. */
export interface LaterRecords {
  /** The copy itself. */
  readonly draft: string;
  readonly own: OwnLog | undefined;
  /** The database that is to be replaced. */
  readonly database: string;
  /** Keys of the log that were kept elsewhere; where there are none, that of the copy. */
  readonly vkeys: readonly string[];
  /** An export, or another database, that has more of the same record. */
  readonly record: string | undefined;
}

/** What was found out of what came after the copy. */
export interface CameLater {
  readonly changes: readonly LaterChange[];
  readonly lines: readonly string[];
}

/** To be done again, in the words of whoever has to. */
const TODO: Readonly<Record<LaterChange['what'], string>> = {
  revoked: 'revoked after the copy was made, and signs again with it: revoke it again',
  frozen: 'frozen after the copy was made: freeze it again',
  thawed: 'thawed after the copy was made, and frozen in it: thaw it if that still holds',
  restricted: 'restricted or given another policy after the copy was made: do it again',
  deleted: 'deleted after the copy was made, and there again with it: delete it again',
  undeleted: 'brought back after the copy was made: bring it back again before it is destroyed',
  lent: 'lent, or taken back, after the copy was made: do it again',
};

/**
 * Lists what was revoked, frozen, restricted or deleted after the copy was made, as far as the database that is replaced
 * and a record kept elsewhere tell, verified by the log's key. Changes nothing, and does nothing of it again: who revoked
 * decides that. Throws `StartError` for a record that was given and does not hold, or is another's; the database that is
 * replaced may be what one restores for, so of that it is only said.
 */
export function whatCameLater({ draft, own, database, vkeys, record }: LaterRecords): CameLater {
  if (own === undefined || own.entries === 0) return { changes: [], lines: [] };
  const log = TrustedLog.of({ checkpoints: vkeys.length > 0 ? vkeys : [own.vkey] });
  const salt = saltIn(draft, own.entries);
  const changes = new Map<string, LaterChange>();
  const lines: string[] = [];
  const listen = (path: string): string | undefined => {
    const later = new LaterChanges(own.entries);
    const report = verifyRecord(path, log, { each: later.hear.bind(later) });
    // What no checkpoint covers yet was said by the service all the same.
    const fault = report.findings.find(({ kind }) => kind !== 'not-covered');
    if (fault !== undefined) return `does not hold: ${fault.text}`;
    if (report.entries > own.entries && later.saltOfLast !== salt) return 'is not of the record that the copy has';
    const read = report.entries - own.entries;
    lines.push(`what came later was read in ${path}: ${shownNumber(Math.max(0, read))} entries`);
    for (const change of later.list()) changes.set(JSON.stringify(change), change);
    return undefined;
  };
  if (record !== undefined) {
    const fault = orWhy(() => listen(record));
    if (fault !== undefined) throw new StartError(`--record names a record that ${fault}`);
  }
  const fault =
    databaseState(database) === 'there' ? orWhy(() => (refuseForeignLog(database), listen(database))) : 'is gone';
  if (fault !== undefined) lines.push(`of what came later the database that was there says nothing: it ${fault}`);
  const all = [...changes.values()].sort((one, other) => one.entry - other.entry);
  return { changes: all, lines: [...lines, ...all.map(lineOf)] };
}

function orWhy(work: () => string | undefined): string | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof StartError || error instanceof CannotVerifyError) return `cannot be read (${error.message})`;
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    return `cannot be read (${code ?? 'unknown error'})`;
  }
}

function saltIn(draft: string, entries: number): unknown {
  return withDatabase(draft, { readonly: true }, (connection) => {
    const text = connection
      .prepare<[number], string>('SELECT entry FROM audit_entries WHERE id = ?')
      .pluck()
      .get(entries);
    return text === undefined ? undefined : (JSON.parse(text) as { readonly salt?: unknown }).salt;
  });
}

function lineOf({ what, client_id: wallet, public_key: key, by, entry }: LaterChange): string {
  const which = key === undefined ? `the wallet ${wallet}` : `the split key ${key} of the wallet ${wallet}`;
  return `${which} was ${TODO[what]} (entry ${entry}${by === undefined ? '' : `, by ${by}`})`;
}
