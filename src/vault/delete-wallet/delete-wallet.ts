import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit-trail.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId } from '../../crypto/key-names.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { EventBus } from '../../events/event-bus.js';
import { unknownWallet } from '../domain/split-key.js';
import { WalletRepository } from '../persistence/wallet.repository.js';

@Injectable()
export class DeleteWallet {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly wallets: WalletRepository,
    private readonly events: EventBus,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Deletes the master key and every half of every split key of the wallet; none signs once this has resolved,
   * and storing the key again revives none. Throws `WALLET.UNKNOWN`.
   */
  execute(actor: TokenActor, clientId: ClientId): Promise<void> {
    return this.unitOfWork.write(async (transaction) => {
      const wallet = await this.wallets.find(actor.userId, clientId, transaction);
      if (wallet === undefined) throw unknownWallet();
      await this.wallets.delete(wallet, transaction);
      await this.events.publish({ type: 'WalletDeleted', ownerId: wallet.ownerId, clientId }, transaction);
      await this.audit.approve(actor, 'delete-wallet', { clientId }, transaction);
    });
  }
}
