import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit-trail.js';
import type { TokenActor } from '../../identity/actor.js';
import type { PublicKeyHex } from '../../crypto/key-names.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { RestrictionList } from '../../restrictions/restriction-list.js';
import { unknownSplitKey } from '../domain/split-key.js';
import { SplitKeyRepository } from '../persistence/split-key.repository.js';

@Injectable()
export class ReadRestrictions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly splitKeys: SplitKeyRepository,
    private readonly audit: AuditTrail,
  ) {}

  /** What a split key of the caller's may sign. Throws `SPLIT_KEY.UNKNOWN`. */
  execute(actor: TokenActor, publicKey: PublicKeyHex): Promise<RestrictionList> {
    return this.unitOfWork.write(async (transaction) => {
      const splitKey = await this.splitKeys.find(actor.userId, publicKey, transaction);
      if (splitKey === undefined) throw unknownSplitKey();
      const subject = { clientId: splitKey.clientId, publicKeyHex: splitKey.userPublicKeyHex };
      await this.audit.approve(actor, 'read-restrictions', subject, transaction);
      return splitKey.restrictions;
    });
  }
}
