import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit-trail.js';
import type { TokenActor } from '../../audit/actor.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { Wallet } from '../domain/wallet.js';
import { WalletRepository } from '../persistence/wallet.repository.js';

@Injectable()
export class ListWallets {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly wallets: WalletRepository,
    private readonly audit: AuditTrail,
  ) {}

  /** The caller's own, oldest first. */
  execute(actor: TokenActor): Promise<Wallet[]> {
    return this.unitOfWork.write(async (transaction) => {
      const found = await this.wallets.listOwnedBy(actor.userId, transaction);
      await this.audit.approve(actor, 'list-wallets', {}, transaction);
      return found;
    });
  }
}
