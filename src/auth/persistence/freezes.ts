import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ClientId } from '../../crypto/key-names.js';
import { statementsOf } from '../../database/open-transaction.js';
import type { Statements } from '../../database/statements.js';
import type { Transaction } from '../../database/transaction.js';
import { WalletQuestions } from '../../events/wallet-questions.js';
import type { UserId } from '../../identity/user-id.js';
import type { Freeze } from '../domain/freeze.js';
import { isFrozen } from './freeze-standing.js';
import type { FreezeStanding } from './freeze-standing.js';

const FIND = 'SELECT standing, since FROM auth_freezes WHERE owner_id = ? AND client_id = ?';
const ADD = 'INSERT INTO auth_freezes (owner_id, client_id, standing, since, version) VALUES (?, ?, ?, ?, 1)';
const CHANGE = `UPDATE auth_freezes SET standing = ?, since = ?, version = version + 1
  WHERE owner_id = ? AND client_id = ?`;
const HAS_SHARE = 'SELECT 1 FROM auth_server_shares WHERE owner_id = ? AND client_id = ? LIMIT 1';

/** Which wallets are frozen: one row for all split keys of an owner and client id, which each signature reads too. */
@Injectable()
export class Freezes implements OnModuleInit {
  constructor(private readonly questions: WalletQuestions<Statements>) {}

  onModuleInit(): void {
    this.questions.answerBy({
      frozenAt: (ownerId, clientId, statements) => {
        const { isFrozen: isSo, sinceSeconds } = freezeOf(ownerId, clientId, statements) ?? NEVER;
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
    return freezeOf(ownerId, clientId, statementsOf(transaction)) ?? NEVER;
  }

  /** Writes what differs from what was found, and adds one to its version. */
  put(ownerId: UserId, clientId: ClientId, freeze: Freeze, transaction: Transaction): void {
    const statements = statementsOf(transaction);
    const standing: FreezeStanding = freeze.isFrozen ? 'frozen' : 'thawed';
    if (freezeOf(ownerId, clientId, statements) === undefined) {
      statements.runOne(ADD, ownerId, clientId, standing, freeze.sinceSeconds);
    } else {
      statements.runOne(CHANGE, standing, freeze.sinceSeconds, ownerId, clientId);
    }
  }
}

const NEVER: Freeze = { isFrozen: false, sinceSeconds: 0 };

function freezeOf(ownerId: UserId, clientId: ClientId, statements: Statements): Freeze | undefined {
  const row = statements.first<{ standing: string; since: number }>(FIND, ownerId, clientId);
  return row === undefined ? undefined : { isFrozen: isFrozen(row.standing), sinceSeconds: row.since };
}
