import { Injectable } from '@nestjs/common';
import { SigningDecisions } from '../../audit/signing-decisions.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { SigningEntry, SigningSubject } from '../../audit/signing-entry.js';
import { SqliteUnitOfWork } from '../../database/sqlite-unit-of-work.js';
import type { Statements } from '../../database/statements.js';
import { codeOf } from '../../errors/error-code.js';
import type { UserId } from '../../identity/user-id.js';
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
import { RowGuard } from '../../database/rows/row-guard.js';
import { STANDING, standingIn } from './standing-rows.js';
import type { StandingRow } from './standing-rows.js';

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
      const found = standingIn(row, { statements, rows: this.rows });
      return this.#withUsage(countedShare(share), found, new Map(), statements, (standing, usage) =>
        look({ standing, isErased: isErased(standing ?? found, row.bytes), usage }),
      );
    });
  }

  decide(group: () => readonly PendingSignature[]): Promise<readonly Decision[]> {
    return this.unitOfWork.writeAtOnce((statements) => {
      const usages: Usages = new Map();
      const decisions = group().map((one) => this.#decideOne(one, usages, statements));
      for (const usage of usages.values()) usage.keepNewest();
      return decisions;
    });
  }

  #decideOne(one: PendingSignature, usages: Usages, statements: Statements): Decision {
    const { shareId: id, subject } = one;
    const row = statements.first<UsedRow>(FIND_STANDING, id);
    const found = row === undefined ? undefined : standingIn(row, { statements, rows: this.rows });
    const share = { id, clientId: subject.clientId, publicKeyHex: subject.publicKeyHex };
    return this.#withUsage(share, found, usages, statements, (standing, usage) =>
      this.#decideBy(one, { row, standing, usage }, statements),
    );
  }

  /** Throws `RECORD.ALTERED` before anything is written. */
  #decideBy(
    { shareId, request, subject }: PendingSignature,
    { row, standing, usage }: FoundToDecide,
    statements: Statements,
  ): Decision {
    const moment = this.time.now();
    const { refusal, count } = judge(standing, request.facts, moment, usage);
    if (refusal !== undefined) {
      return { refusal: standing === undefined ? refusal : { ...refusal, by: standing } };
    }
    const recorded = this.decisions.record(approvalOf(request, subject, standing), statements);
    const now = moment.seconds;
    if (row?.last_used_at !== now) statements.runOne(MARK_USED, now, shareId);
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
      ...standingIn(row, { statements, rows: this.rows }),
    }));
  }

  /**
   * With what limits ask for. Where somebody wrote into what is counted, or into what was decided before, it is as with the
   * split key's own row: nothing is signed, and nobody else's signature is touched.
   *
   * @param look asked again then, having done nothing when it throws `RECORD.ALTERED`
   */
  #withUsage<T>(
    share: CountedShare,
    standing: Standing | undefined,
    usages: Usages,
    statements: Statements,
    look: (standing: Standing | undefined, usage: SqliteUsage | undefined) => T,
  ): T {
    try {
      return look(standing, this.#usageOf(share, standing, usages, statements));
    } catch (error) {
      if (standing === undefined || codeOf(error) !== 'RECORD.ALTERED') throw error;
      return look({ ...standing, isAltered: true }, undefined);
    }
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
    const usage = usages.get(share.id) ?? new SqliteUsage(share, this.decisions, { statements, rows: this.rows });
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

interface FoundToDecide {
  readonly row: UsedRow | undefined;
  readonly standing: Standing | undefined;
  readonly usage: SqliteUsage | undefined;
}

type UsedRow = StandingRow & { readonly last_used_at: number };

type SigningRow = StandingRow & { readonly sealed_server_share: Buffer };
