import { Inject, Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import { Clock } from '../../clock/clock.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId } from '../../crypto/key-names.js';
import { unknownWallet } from '../../errors/split-key-errors.js';
import { EventBus } from '../../events/event-bus.js';
import { DELETION_GRACE_SECONDS } from '../../sweeping/injection-tokens.js';
import { PendingWallets } from '../persistence/pending-wallets.js';
import { SplitKeyRepository } from '../persistence/split-key.repository.js';
import { WalletRepository } from '../persistence/wallet.repository.js';

@Injectable()
export class DeleteWallet {
  static readonly action = 'delete-wallet' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly wallets: WalletRepository,
    private readonly splitKeys: SplitKeyRepository,
    private readonly pending: PendingWallets,
    private readonly events: EventBus,
    private readonly clock: Clock,
    @Inject(DELETION_GRACE_SECONDS) private readonly graceSeconds: number,
  ) {}

  /**
   * Deletes every half of every split key of the wallet; none signs once this has resolved, and nothing revives any. The
   * master key is kept for the days of grace, in which the wallet can be brought back. Throws `WALLET.UNKNOWN`.
   */
  execute(actor: TokenActor, clientId: ClientId): Promise<void> {
    return this.recorded.write(actor, DeleteWallet.action, async (transaction) => {
      const wallet = await this.wallets.find(actor.userId, clientId, transaction);
      if (wallet === undefined) throw unknownWallet();
      const deletesAt = this.clock.nowSeconds() + this.graceSeconds;
      if (this.graceSeconds === 0) await this.wallets.delete(wallet, transaction);
      else {
        await this.splitKeys.deleteOfWallet(wallet, transaction);
        await this.pending.keepUntil(deletesAt, wallet, transaction);
      }
      await this.events.publish({ type: 'WalletDeleted', ownerId: wallet.ownerId, clientId }, transaction);
      return { result: undefined, subject: { clientId, facts: { deletes_at: deletesAt } } };
    });
  }
}
