import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId } from '../../crypto/key-names.js';
import { unknownWallet } from '../../errors/split-key-errors.js';
import { PendingWallets } from '../persistence/pending-wallets.js';
import { WalletRepository } from '../persistence/wallet.repository.js';

@Injectable()
export class UndeleteWallet {
  static readonly action = 'undelete-wallet' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly wallets: WalletRepository,
    private readonly pending: PendingWallets,
  ) {}

  /**
   * Brings a deleted wallet back, as long as its master key is there; not its split keys, which are gone. One that is not
   * deleted stays as it is. Throws `WALLET.UNKNOWN`, or `WALLET.QUOTA` when the caller has made as many others as may be.
   */
  execute(actor: TokenActor, clientId: ClientId): Promise<void> {
    return this.recorded.write(actor, UndeleteWallet.action, async (transaction) => {
      const live = await this.wallets.find(actor.userId, clientId, transaction);
      if (live === undefined) {
        const deleted = await this.pending.find(actor.userId, clientId, transaction);
        if (deleted === undefined) throw unknownWallet();
        this.wallets.assertRoom(actor.userId, transaction);
        await this.pending.restore(deleted, transaction);
      }
      return { result: undefined, subject: { clientId } };
    });
  }
}
