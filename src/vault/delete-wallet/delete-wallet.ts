import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId } from '../../crypto/key-names.js';
import { EventBus } from '../../events/event-bus.js';
import { unknownWallet } from '../domain/split-key.js';
import { WalletRepository } from '../persistence/wallet.repository.js';

@Injectable()
export class DeleteWallet {
  static readonly action = 'delete-wallet' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly wallets: WalletRepository,
    private readonly events: EventBus,
  ) {}

  /**
   * Deletes the master key and every half of every split key of the wallet; none signs once this has resolved,
   * and storing the key again revives none. Throws `WALLET.UNKNOWN`.
   */
  execute(actor: TokenActor, clientId: ClientId): Promise<void> {
    return this.recorded.write(actor, DeleteWallet.action, async (transaction) => {
      const wallet = await this.wallets.find(actor.userId, clientId, transaction);
      if (wallet === undefined) throw unknownWallet();
      await this.wallets.delete(wallet, transaction);
      await this.events.publish({ type: 'WalletDeleted', ownerId: wallet.ownerId, clientId }, transaction);
      return { result: undefined, subject: { clientId } };
    });
  }
}
