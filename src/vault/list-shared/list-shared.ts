import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit-trail.js';
import type { TokenActor } from '../../audit/actor.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { SplitKeyWithShare } from '../domain/split-key.js';
import { SplitKeyRepository } from '../persistence/split-key.repository.js';

@Injectable()
export class ListShared {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly splitKeys: SplitKeyRepository,
    private readonly audit: AuditTrail,
  ) {}

  /** The split keys that others lent to the caller, with their user shares, oldest first. */
  execute(actor: TokenActor): Promise<SplitKeyWithShare[]> {
    return this.unitOfWork.write(async (transaction) => {
      const found = await this.splitKeys.listSharedTo(actor.userId, transaction);
      await this.audit.approve(actor, 'list-shared', {}, transaction);
      return found;
    });
  }
}
