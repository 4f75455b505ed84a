import { managerOf, requireOneRow, statementsOf } from '../../database/open-transaction.js';
import type { Transaction } from '../../database/transaction.js';
import type { OwnedSplitKey } from '../../events/domain-events.js';
import type { UserId } from '../../identity/user-id.js';
import type { Policy } from '../../restrictions/policy/policy.js';
import { policyFromColumn, policyToColumn } from '../../restrictions/terms/terms-column.js';
import type { StoredPolicy } from '../../restrictions/terms/terms.js';
import { PolicyRevisionRow } from './policy-revision.entity.js';

/** Who wrote a policy, when, and what they say of it. */
export interface Authorship {
  readonly by: UserId;
  readonly atMilliseconds: number;
  readonly note?: string | undefined;
}

/** A policy that a split key has had, or has. */
export interface PolicyRevision extends Authorship {
  readonly revision: number;
  readonly policy: StoredPolicy;
}

const NEWEST = `
  SELECT max(revision) AS revision FROM auth_policies WHERE owner_id = ? AND client_id = ? AND user_public_key = ?`;

/** The revision that a policy of this split key would be: 1 of a new one, and one more than it has ever had. */
export function nextRevision({ ownerId, clientId, userPublicKeyHex }: OwnedSplitKey, transaction: Transaction): number {
  const newest = statementsOf(transaction).first<{ revision: number | null }>(
    NEWEST,
    ownerId,
    clientId,
    userPublicKeyHex,
  );
  return (newest?.revision ?? 0) + 1;
}

const FIND = `
  SELECT revision, at_ms, by_user_id, note, policy FROM auth_policies
   WHERE owner_id = ? AND client_id = ? AND user_public_key = ? AND revision = ?`;

/** A policy as it is kept. */
export interface RevisionRow {
  readonly revision: number;
  readonly at_ms: number;
  readonly by_user_id: string;
  readonly note: string | null;
  readonly policy: string;
}

export function toRevision(row: RevisionRow): PolicyRevision {
  return {
    revision: row.revision,
    policy: policyFromColumn(row.policy),
    by: row.by_user_id as UserId,
    atMilliseconds: row.at_ms,
    note: row.note ?? undefined,
  };
}

/** Throws when there is none: whatever is in force has one. */
export function revisionOf(
  { ownerId, clientId, userPublicKeyHex }: OwnedSplitKey,
  revision: number,
  transaction: Transaction,
): PolicyRevision {
  const row = statementsOf(transaction).first<RevisionRow>(FIND, ownerId, clientId, userPublicKeyHex, revision);
  if (row === undefined) throw new Error('the policy in force was not kept as a revision');
  return toRevision(row);
}

/** Keeps a policy for good. A revision is written once and never changed. */
export async function keepRevision(
  { ownerId, clientId, userPublicKeyHex: userPublicKey }: OwnedSplitKey,
  revision: number,
  policy: Policy,
  { by, atMilliseconds, note }: Authorship,
  transaction: Transaction,
): Promise<void> {
  await managerOf(transaction).insert(PolicyRevisionRow, {
    ownerId,
    clientId,
    userPublicKey,
    revision,
    atMilliseconds,
    byUserId: by,
    note: note ?? null,
    policy: policyToColumn(policy),
  });
  requireOneRow(transaction);
}
