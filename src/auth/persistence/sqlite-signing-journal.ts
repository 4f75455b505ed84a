import { Injectable } from '@nestjs/common';
import { SigningDecisions } from '../../audit/signing-decisions.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { SigningEntry, SigningSubject } from '../../audit/signing-entry.js';
import { SqliteUnitOfWork } from '../../database/sqlite-unit-of-work.js';
import type { Statements } from '../../database/statements.js';
import type { UserId } from '../../identity/user-id.js';
import { termsFromColumn } from '../../restrictions/terms/terms-column.js';
import type { SigningShare, Standing } from '../domain/server-share.js';
import { decidedOn } from '../signing/decided-on.js';
import { isErased, judge } from '../signing/judge.js';
import { SIGNING_ACTIONS } from '../signing/signing-actions.js';
import { SigningJournal } from '../signing/signing-journal.js';
import type { Decision, PendingSignature, ShareView, ViewedShare } from '../signing/signing-journal.js';
import type { SigningRequest } from '../signing/signing-request.js';
import { SigningTime } from '../signing/signing-time.js';
import { countedShare } from './counts/count-by.js';
import { SqliteUsage } from './counts/sqlite-usage.js';
import type { CountedShare } from './counts/sqlite-usage.js';
import { columnsOf } from '../../database/rows/covered-table.js';
import type { CoveredRow } from '../../database/rows/covered-table.js';
import { RowGuard } from '../../database/rows/row-guard.js';
import { COVERED_FREEZES, COVERED_SHARES } from './covered-tables.js';
import { isFrozen } from './freeze-standing.js';

const STANDING = columnsOf(COVERED_SHARES);

// Each half of the OR has an index of its own.
const FIND_FOR_SIGNING = `
  SELECT ${STANDING}, sealed_server_share
    FROM auth_server_shares
   WHERE client_id = ? AND (user_public_key = ? OR server_public_key = ?)`;

const FIND_VIEW = `SELECT ${STANDING}, length(sealed_server_share) AS bytes FROM auth_server_shares WHERE id = ?`;

const FIND_STANDING = `SELECT ${STANDING}, last_used_at FROM auth_server_shares WHERE id = ?`;

const MARK_USED = 'UPDATE auth_server_shares SET last_used_at = ? WHERE id = ?';

/**
 * What was read of each server share's counters in one transaction, by its id. Nothing else writes in it, so the next
 * signature of the same split key goes on from there.
 */
type Usages = Map<string, SqliteUsage>;

/**
 * The journal on SQLite: prepared statements, answered within the call, with no promise and no entity for each
 * (docs/adr/0014). Reads of one turn of the event loop share a snapshot; a group is one synchronous stretch between BEGIN
 * and COMMIT, in which the single writer needs no lock for any row.
 */
@Injectable()
export class SqliteSigningJournal extends SigningJournal {
  constructor(
    private readonly unitOfWork: SqliteUnitOfWork,
    private readonly decisions: SigningDecisions,
    private readonly time: SigningTime,
    private readonly rows: RowGuard,
  ) {
    super();
  }

  find(clientId: ClientId, publicKey: PublicKeyHex): Promise<readonly SigningShare[]> {
    return this.unitOfWork.readAtOnce((statements) => this.#sharesOf(clientId, publicKey, statements));
  }

  view<T>(share: ViewedShare, look: (view: ShareView) => T): Promise<T> {
    return this.unitOfWork.readAtOnce((statements) => {
      const row = statements.first<StandingRow & { readonly bytes: number }>(FIND_VIEW, share.id);
      if (row === undefined) return look({ standing: undefined, isErased: false, usage: undefined });
      const standing = this.#standingIn(row, statements);
      const usage = this.#usageOf(countedShare(share), standing, new Map(), statements);
      return look({ standing, isErased: isErased(standing, row.bytes), usage });
    });
  }

  decide(group: () => readonly PendingSignature[]): Promise<readonly Decision[]> {
    return this.unitOfWork.writeAtOnce((statements) => {
      const usages: Usages = new Map();
      return group().map((one) => this.#decideOne(one, usages, statements));
    });
  }

  #decideOne({ shareId, request, subject }: PendingSignature, usages: Usages, statements: Statements): Decision {
    const row = statements.first<StandingRow & { readonly last_used_at: number }>(FIND_STANDING, shareId);
    const standing = row === undefined ? undefined : this.#standingIn(row, statements);
    const moment = this.time.now();
    const { clientId, publicKeyHex } = subject;
    const usage = this.#usageOf({ id: shareId, clientId, publicKeyHex }, standing, usages, statements);
    const { refusal, count } = judge(standing, request.facts, moment, usage);
    if (refusal !== undefined) {
      return { refusal: standing === undefined ? refusal : { ...refusal, by: standing } };
    }
    const now = moment.seconds;
    if (row?.last_used_at !== now) statements.runOne(MARK_USED, now, shareId);
    const recorded = this.decisions.record(approvalOf(request, subject, standing), statements);
    const { entry } = recorded;
    if (count === undefined) return { entry };
    // What is to be counted was not approved before, so it has an entry of its own.
    if (recorded.isRepeat || usage === undefined) throw new Error('what was approved cannot be counted');
    usage.write(count, recorded.entry.id);
    return { entry };
  }

  #sharesOf(clientId: ClientId, publicKey: PublicKeyHex, statements: Statements): readonly SigningShare[] {
    const rows = statements.all<SigningRow>(FIND_FOR_SIGNING, clientId, publicKey, publicKey);
    // Here and not in the query, where it would cost a temporary table: there is hardly ever more than one.
    rows.sort((one, other) => Number(other.user_public_key === publicKey) - Number(one.user_public_key === publicKey));
    return rows.map((row) => ({
      id: row.id,
      ownerId: row.owner_id as UserId,
      clientId,
      clientKeyHex: row.client_key as PublicKeyHex,
      userPublicKeyHex: row.user_public_key as PublicKeyHex,
      sealed: row.sealed_server_share,
      ...this.#standingIn(row, statements),
    }));
  }

  /** Of the split key's own row and of the freeze, which is there for each. */
  #standingIn(row: StandingRow, statements: Statements): Standing {
    const ofFreeze = [row.owner_id, row.client_id];
    const freeze = this.rows.find(COVERED_FREEZES, ofFreeze, statements);
    const isAltered =
      !this.rows.isIntact(COVERED_SHARES, [row.id], row) || !this.rows.isIntact(COVERED_FREEZES, ofFreeze, freeze);
    const { policy, isRevoked } = termsFromColumn(row.terms);
    return { policy, isRevoked, revision: row.revision, isFrozen: isFrozen(freeze?.['standing']), isAltered };
  }

  /** What limits ask for; `undefined` where there are none, or where what they count cannot be told. */
  #usageOf(
    share: CountedShare,
    standing: Standing | undefined,
    usages: Usages,
    statements: Statements,
  ): SqliteUsage | undefined {
    const policy = standing?.policy;
    if (policy === undefined || policy === 'unreadable' || policy.limits === undefined) return undefined;
    const usage = usages.get(share.id) ?? new SqliteUsage(share, this.decisions, statements);
    usages.set(share.id, usage);
    return usage.countsAll(policy.limits.map(({ scope }) => scope)) ? usage : undefined;
  }
}

function approvalOf(
  { actor, facts }: SigningRequest,
  { clientId, publicKeyHex, signedHashHex }: SigningSubject,
  standing: Standing | undefined,
): SigningEntry {
  return {
    actor,
    action: SIGNING_ACTIONS[facts.kind],
    outcome: 'approved',
    clientId,
    publicKeyHex,
    signedHashHex,
    facts: decidedOn(facts, standing),
  };
}

type StandingRow = CoveredRow & {
  readonly id: string;
  readonly owner_id: string;
  readonly client_id: string;
  readonly client_key: string;
  readonly user_public_key: string;
  readonly terms: string;
  readonly revision: number;
};

type SigningRow = StandingRow & { readonly sealed_server_share: Buffer };
