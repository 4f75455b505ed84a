import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit-trail.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId } from '../../crypto/key-names.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { EventBus } from '../../events/event-bus.js';
import { unknownServerShare } from '../domain/server-share.js';
import { ServerShareRepository } from '../persistence/server-share.repository.js';

@Injectable()
export class DeleteShares {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly shares: ServerShareRepository,
    private readonly events: EventBus,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Deletes the caller's server shares of a wallet. Split keys of ZVault's among them can sign no more, so ZVault
   * shows them revoked. Throws `SPLIT_KEY.UNKNOWN` when there are none.
   */
  execute(actor: TokenActor, clientId: ClientId): Promise<void> {
    return this.unitOfWork.write(async (transaction) => {
      const owned = await this.shares.listOwnedBy(actor.userId, clientId, transaction);
      if (owned.length === 0) throw unknownServerShare();
      await this.shares.deleteOwnedBy(actor.userId, clientId, transaction);
      for (const { splitKeyId } of owned) {
        if (splitKeyId !== undefined)
          await this.events.publish({ type: 'ServerShareRevoked', splitKeyId }, transaction);
      }
      await this.audit.approve(actor, 'delete-shares', { clientId }, transaction);
    });
  }
}
