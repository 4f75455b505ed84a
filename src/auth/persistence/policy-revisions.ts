import { managerOf, requireOneRow, statementsOf } from '../../database/open-transaction.js';
import type { Transaction } from '../../database/transaction.js';
import type { OwnedSplitKey } from '../../events/domain-events.js';
import type { UserId } from '../../identity/user-id.js';
import type { Policy } from '../../restrictions/policy/policy.js';
import { policyToColumn } from '../../restrictions/terms/terms-column.js';
import { PolicyRevisionRow } from './policy-revision.entity.js';

/** Who wrote a policy, when, and what they say of it. */
export interface Authorship {
  readonly by: UserId;
  readonly atMilliseconds: number;
  readonly note?: string | undefined;
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
