import { Injectable } from '@nestjs/common';
import { managerOf, requireOneRow, statementsOf } from '../../database/open-transaction.js';
import type { Transaction } from '../../database/transaction.js';
import { unreadablePolicy } from '../../errors/split-key-errors.js';
import { canonicalPolicy } from '../../restrictions/policy/policy-json.js';
import type { Policy } from '../../restrictions/policy/policy.js';
import { termsFromColumn, termsToColumn } from '../../restrictions/terms/terms-column.js';
import type { StoredPolicy } from '../../restrictions/terms/terms.js';
import { namesOf } from '../domain/server-share.js';
import type { ServerShare } from '../domain/server-share.js';
import { RowGuard } from '../../database/rows/row-guard.js';
import { COVERED_SHARES } from './covered-tables.js';
import { countBy } from './counts/count-by.js';
import { keepRevision, nextRevision } from './policy-revisions.js';
import type { Authorship } from './policy-revisions.js';
import { ServerShareRow } from './server-share.entity.js';

/** What split keys may sign, apart from all else of them: a policy that cannot be read hinders nothing else. */
@Injectable()
export class SharePolicies {
  constructor(private readonly rows: RowGuard) {}

  /** Throws `POLICY.UNREADABLE`, and `RECORD.ALTERED` as the others. */
  async find(share: ServerShare, transaction: Transaction): Promise<Policy> {
    const policy = await this.#stored(share, transaction);
    if (policy === 'unreadable') throw unreadablePolicy();
    return policy;
  }

  /** Also one that cannot be read. */
  stored(share: ServerShare, transaction: Transaction): Promise<StoredPolicy> {
    return this.#stored(share, transaction);
  }

  /**
   * Follows a policy, whatever it was, by another, which is kept with who wrote it; the same again, without a note, is no
   * other. Gives back which revision is in force. Throws `CountsBehind` when its limits count what has not been counted.
   */
  async replace(share: ServerShare, policy: Policy, authorship: Authorship, transaction: Transaction): Promise<number> {
    const before = await this.#stored(share, transaction);
    const isSame = before !== 'unreadable' && canonicalPolicy(before) === canonicalPolicy(policy);
    if (isSame && authorship.note === undefined) return share.revision;
    const { id, isRevoked } = share;
    countBy(share, policy, { statements: statementsOf(transaction), rows: this.rows });
    const revision = nextRevision(namesOf(share), transaction);
    const terms = termsToColumn({ policy, isRevoked });
    await this.rows.change(COVERED_SHARES, [id], transaction, async () => {
      await managerOf(transaction).update(ServerShareRow, { id }, { terms, revision });
      requireOneRow(transaction);
    });
    await keepRevision(namesOf(share), revision, policy, authorship, transaction);
    return revision;
  }

  async #stored({ id }: ServerShare, transaction: Transaction): Promise<StoredPolicy> {
    this.rows.demand(COVERED_SHARES, [id], transaction);
    const { terms } = await managerOf(transaction).findOneByOrFail(ServerShareRow, { id });
    return termsFromColumn(terms).policy;
  }
}
