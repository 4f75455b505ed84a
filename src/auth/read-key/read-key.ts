import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit-trail.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { FindOwned } from '../persistence/find-owned.js';

@Injectable()
export class ReadKey {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly findOwned: FindOwned,
    private readonly audit: AuditTrail,
  ) {}

  /** When it last signed, in seconds since 1970; 0 = not yet. Throws `SPLIT_KEY.UNKNOWN`. */
  execute(actor: TokenActor, clientId: ClientId, publicKey: PublicKeyHex): Promise<number> {
    return this.unitOfWork.write(async (transaction) => {
      const share = await this.findOwned.byAnyKey(actor, clientId, publicKey, transaction);
      const subject = { clientId, publicKeyHex: share.userPublicKeyHex };
      await this.audit.approve(actor, 'read-key', subject, transaction);
      return share.lastUsedAtSeconds;
    });
  }
}
