import { Injectable } from '@nestjs/common';
import { statementsOf } from '../../database/open-transaction.js';
import { SqliteUnitOfWork } from '../../database/sqlite-unit-of-work.js';
import type { Transaction } from '../../database/transaction.js';
import type { OwnedSplitKey } from '../../events/domain-events.js';
import { toRevision } from './policy-revisions.js';
import type { PolicyRevision, RevisionRow } from './policy-revisions.js';

const OF_KEY = 'FROM auth_policies WHERE owner_id = ? AND client_id = ? AND user_public_key = ?';

/** Both are ranges of the primary key, read backwards. */
const ENDS = `SELECT revision ${OF_KEY} AND revision < ? ORDER BY revision DESC LIMIT 2 OFFSET ?`;
const OLDEST = `SELECT min(revision) AS revision ${OF_KEY} AND revision < ?`;
const SLICE = `SELECT revision, at_ms, by_user_id, note, policy ${OF_KEY}
  AND revision < ? AND revision >= ? ORDER BY revision DESC LIMIT ?`;

/** A part of the revisions of a split key: from the newest before `below` to `last`, which is the oldest of it. */
export interface RevisionWindow {
  readonly below: number;
  readonly last: number;
  /** Whether there are older ones. */
  readonly hasMore: boolean;
}

/** Every policy that a split key has had, the newest first. None of them ever changes or goes. */
@Injectable()
export class PolicyRevisionList {
  constructor(private readonly unitOfWork: SqliteUnitOfWork) {}

  /** `undefined` when there is none before `below`. */
  // Async, though SQLite needs no promise: use cases wait for it as for any other read.
  async window(
    { ownerId, clientId, userPublicKeyHex }: OwnedSplitKey,
    { below, most }: { readonly below: number; readonly most: number },
    transaction: Transaction,
  ): Promise<RevisionWindow | undefined> {
    const statements = statementsOf(transaction);
    const of = [ownerId, clientId, userPublicKeyHex, below] as const;
    const [end, next] = statements.all<{ revision: number }>(ENDS, ...of, most - 1);
    if (end !== undefined) return Promise.resolve({ below, last: end.revision, hasMore: next !== undefined });
    const oldest = statements.first<{ revision: number | null }>(OLDEST, ...of)?.revision ?? undefined;
    return Promise.resolve(oldest === undefined ? undefined : { below, last: oldest, hasMore: false });
  }

  /** The next of a window, at most `most`: a short read of its own. */
  slice(
    { ownerId, clientId, userPublicKeyHex }: OwnedSplitKey,
    { below, last }: Pick<RevisionWindow, 'below' | 'last'>,
    most: number,
  ): Promise<readonly PolicyRevision[]> {
    return this.unitOfWork.readAtOnce((statements) =>
      statements.all<RevisionRow>(SLICE, ownerId, clientId, userPublicKeyHex, below, last, most).map(toRevision),
    );
  }
}
