import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock/clock.js';
import { DECISION_TRIGGERS } from '../../database/migrations/1764600000000-signing-decisions.js';
import { RECORD_TRIGGERS } from '../../database/migrations/1763900000000-initial-schema.js';
import type { Statements } from '../../database/statements.js';
import type { TxnVerification } from '../audit-entry.js';
import { EntryStatement } from '../entry-statement.js';
import { changeStopped } from '../stopped-service.js';
import { countIn, rangesHash } from '../verify/absent-entries.js';
import type { ArchivePlan } from './plan-archive.js';

const DELETE_ENTRIES = 'DELETE FROM audit_entries WHERE id BETWEEN ? AND ?';

/** What was decided on a key that is gone is decided anew, and has an entry again, if anybody asks. */
const DELETE_DECISIONS = `DELETE FROM signing_decisions
  WHERE entry_id <= ? AND NOT EXISTS (SELECT 1 FROM audit_entries WHERE id = entry_id)`;

/** What forbids what is done here alone. */
const GUARDS = [...RECORD_TRIGGERS, ...DECISION_TRIGGERS].filter((sql) => sql.includes(' BEFORE DELETE '));

/**
 * Takes the entries of a plan out of the database, and records which, in one transaction; as `changeStopped` does and
 * demands. The triggers that let nobody delete an entry are gone within it alone. The tree stays as it is, so proofs and
 * promises of what went still hold.
 */
export function archiveRecord(
  database: string,
  plan: ArchivePlan,
  clock: Clock,
  txnVerification: TxnVerification,
): void {
  changeStopped(database, (statements) => {
    for (const guard of GUARDS) statements.run(`DROP TRIGGER ${nameOf(guard)}`);
    remove(plan, statements);
    for (const guard of GUARDS) statements.run(guard);
    const { upTo, absent } = plan;
    new EntryStatement(clock, txnVerification).insert(
      {
        actor: { userId: undefined, requestId: randomUUID() },
        action: 'archive',
        outcome: 'approved',
        facts: { archived: { up_to: upTo, entries: countIn(absent), hash: rangesHash(absent) } },
      },
      statements,
    );
  });
}

function remove({ going, upTo }: ArchivePlan, statements: Statements): void {
  for (const { first, last } of going) {
    const removed = statements.run(DELETE_ENTRIES, first, last);
    if (removed !== last - first + 1) throw new Error(`${removed} entries were removed instead of ${last - first + 1}`);
  }
  statements.run(DELETE_DECISIONS, upTo);
}

function nameOf(trigger: string): string {
  const [, name] = /^CREATE TRIGGER (\w+)/.exec(trigger) ?? [];
  if (name === undefined) throw new Error('a guard has no name');
  return name;
}
