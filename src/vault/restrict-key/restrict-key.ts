import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit-trail.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { EventBus } from '../../events/event-bus.js';
import type { RestrictionList } from '../../restrictions/restriction-list.js';
import { unknownSplitKey } from '../domain/split-key.js';
import { SplitKeyRepository } from '../persistence/split-key.repository.js';

@Injectable()
export class RestrictKey {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly splitKeys: SplitKeyRepository,
    private readonly events: EventBus,
    private readonly audit: AuditTrail,
  ) {}

  /** Replaces the list in both halves; the next signature is decided by it. Throws `SPLIT_KEY.UNKNOWN`. */
  execute(
    actor: TokenActor,
    clientId: ClientId,
    publicKey: PublicKeyHex,
    restrictions: RestrictionList,
  ): Promise<void> {
    return this.unitOfWork.write(async (transaction) => {
      const splitKey = await this.splitKeys.find(actor.userId, publicKey, transaction);
      if (splitKey?.clientId !== clientId) throw unknownSplitKey();
      await this.splitKeys.restrict(splitKey.id, restrictions, transaction);
      const { ownerId, userPublicKeyHex } = splitKey;
      await this.events.publish(
        { type: 'SplitKeyRestricted', ownerId, clientId, userPublicKeyHex, restrictions },
        transaction,
      );
      const subject = { clientId, publicKeyHex: userPublicKeyHex };
      await this.audit.approve(actor, 'restrict-key', subject, transaction);
    });
  }
}
