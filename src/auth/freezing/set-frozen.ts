import { Injectable } from '@nestjs/common';
import type { Done } from '../../audit/recorded-work.js';
import { Clock } from '../../clock/clock.js';
import type { ClientId } from '../../crypto/key-names.js';
import type { Transaction } from '../../database/transaction.js';
import { unknownWallet } from '../../errors/split-key-errors.js';
import type { UserId } from '../../identity/user-id.js';
import type { Freeze } from '../domain/freeze.js';
import { Freezes } from '../persistence/freezes.js';

/** Freezes a wallet, or thaws it. A step of use cases. */
@Injectable()
export class SetFrozen {
  constructor(
    private readonly freezes: Freezes,
    private readonly clock: Clock,
  ) {}

  /**
   * Nothing is written where it is so already: since when it is so stays. Throws `WALLET.UNKNOWN`, the same whether there is
   * no such wallet or it is another's, and `RECORD.ALTERED`.
   */
  async of(ownerId: UserId, clientId: ClientId, isFrozen: boolean, transaction: Transaction): Promise<Done<Freeze>> {
    if (!this.freezes.isTheirs(ownerId, clientId, transaction)) throw unknownWallet();
    const before = this.freezes.find(ownerId, clientId, transaction);
    const after = before.isFrozen === isFrozen ? before : { isFrozen, sinceSeconds: this.clock.nowSeconds() };
    if (after !== before) await this.freezes.put(ownerId, clientId, after, transaction);
    const facts = { is_frozen: { before: before.isFrozen, after: isFrozen } };
    return { result: after, subject: { clientId, facts } };
  }
}
