import { Injectable, type OnModuleInit } from '@nestjs/common';
import { hasDone } from '../../audit/done-before.js';
import type { ClientId } from '../../crypto/key-names.js';
import { statementsOf } from '../../database/open-transaction.js';
import type { Statements } from '../../database/statements.js';
import type { Transaction } from '../../database/transaction.js';
import { WalletQuestions } from '../../events/wallet-questions.js';
import type { UserId } from '../../identity/user-id.js';
import type { Freeze } from '../domain/freeze.js';
import type { CoveredRow } from '../../database/rows/covered-table.js';
import { RowGuard } from '../../database/rows/row-guard.js';
import { COVERED_FREEZES } from './covered-tables.js';
import { isFrozen } from './freeze-standing.js';
import type { FreezeStanding } from './freeze-standing.js';

const ADD = 'INSERT INTO auth_freezes (owner_id, client_id, standing, since, version) VALUES (?, ?, ?, ?, 1)';
const CHANGE = 'UPDATE auth_freezes SET standing = ?, since = ? WHERE owner_id = ? AND client_id = ?';
/** The policies of split keys stay when they go. */
const HAS_HAD_SHARE = 'SELECT 1 FROM auth_policies WHERE owner_id = ? AND client_id = ? LIMIT 1';
const HAS_SHARE = 'SELECT 1 FROM auth_server_shares WHERE owner_id = ? AND client_id = ? LIMIT 1';

/** Which wallets are frozen: one row for all split keys of an owner and client id, which each signature reads too. */
@Injectable()
export class Freezes implements OnModuleInit {
  constructor(
    private readonly questions: WalletQuestions<Statements>,
    private readonly rows: RowGuard,
  ) {}

  onModuleInit(): void {
    this.questions.answerBy({
      frozenAt: (ownerId, clientId, statements) => {
        const { isFrozen: isSo, sinceSeconds } = this.#freezeOf(ownerId, clientId, statements) ?? NEVER;
        return isSo ? sinceSeconds : undefined;
      },
    });
  }

  /** Whether somebody has a wallet to freeze: a live one at ZVault, or a split key that was set up at ZAuth. */
  isTheirs(ownerId: UserId, clientId: ClientId, transaction: Transaction): boolean {
    const statements = statementsOf(transaction);
    return (
      this.questions.isLive(ownerId, clientId, statements) ||
      statements.first(HAS_SHARE, ownerId, clientId) !== undefined
    );
  }

  find(ownerId: UserId, clientId: ClientId, transaction: Transaction): Freeze {
    return this.#freezeOf(ownerId, clientId, statementsOf(transaction)) ?? NEVER;
  }

  /**
   * Writes what differs from what was found, as the next version. Throws `RECORD.ALTERED` where somebody wrote into the row,
   * or has removed it: nothing is signed then in any case.
   */
  async put(ownerId: UserId, clientId: ClientId, freeze: Freeze, transaction: Transaction): Promise<void> {
    const statements = statementsOf(transaction);
    const standing: FreezeStanding = freeze.isFrozen ? 'frozen' : 'thawed';
    if (this.#mayBegin(ownerId, clientId, statements)) {
      this.#begin(ownerId, clientId, standing, freeze.sinceSeconds, statements);
    } else {
      await this.rows.change(COVERED_FREEZES, [ownerId, clientId], transaction, () => {
        statements.runOne(CHANGE, standing, freeze.sinceSeconds, ownerId, clientId);
      });
    }
  }

  /** For the first split key of an owner and client id, of which there are no policies yet: from now on there is a row. Throws `RECORD.ALTERED`. */
  begin(ownerId: UserId, clientId: ClientId, transaction: Transaction): void {
    const statements = statementsOf(transaction);
    if (this.#mayBegin(ownerId, clientId, statements)) this.#begin(ownerId, clientId, 'thawed', 0, statements);
    else this.rows.demand(COVERED_FREEZES, [ownerId, clientId], transaction);
  }

  /** Where there was a row it must be there: to begin another would thaw whatever was frozen. */
  #mayBegin(ownerId: UserId, clientId: ClientId, statements: Statements): boolean {
    const hasRow = this.rows.find(COVERED_FREEZES, [ownerId, clientId], statements) !== undefined;
    return !hasRow && !this.#mustExist(ownerId, clientId, statements);
  }

  /** Since the first split key; or since it was frozen before it, of which the record tells. */
  #mustExist(ownerId: UserId, clientId: ClientId, statements: Statements): boolean {
    return (
      statements.first(HAS_HAD_SHARE, ownerId, clientId) !== undefined ||
      hasDone(ownerId, 'freeze', clientId, statements)
    );
  }

  #begin(owner: UserId, client: ClientId, standing: FreezeStanding, since: number, statements: Statements): void {
    statements.runOne(ADD, owner, client, standing, since);
    this.rows.begin(COVERED_FREEZES, [owner, client], statements);
  }

  /** One that was altered or removed is frozen: nothing is signed then. */
  #freezeOf(ownerId: UserId, clientId: ClientId, statements: Statements): Freeze | undefined {
    const key = [ownerId, clientId];
    const row = this.rows.find<FreezeColumns>(COVERED_FREEZES, key, statements);
    if (row === undefined && !this.#mustExist(ownerId, clientId, statements)) return undefined;
    if (!this.rows.isIntact(COVERED_FREEZES, key, row)) return { isFrozen: true, sinceSeconds: 0 };
    return { isFrozen: isFrozen(row?.standing), sinceSeconds: row?.since ?? 0 };
  }
}

type FreezeColumns = CoveredRow & { readonly standing: string; readonly since: number };

const NEVER: Freeze = { isFrozen: false, sinceSeconds: 0 };
