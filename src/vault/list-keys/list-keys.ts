import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit-trail.js';
import type { TokenActor } from '../../audit/actor.js';
import type { ClientId } from '../../crypto/key-names.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { SplitKeyWithShare } from '../domain/split-key.js';
import { SplitKeyRepository } from '../persistence/split-key.repository.js';
import { WalletRepository } from '../persistence/wallet.repository.js';

@Injectable()
export class ListKeys {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly wallets: WalletRepository,
    private readonly splitKeys: SplitKeyRepository,
    private readonly audit: AuditTrail,
  ) {}

  /** Oldest first, with their user shares; none for a wallet that is unknown or another's. */
  execute(actor: TokenActor, clientId: ClientId): Promise<SplitKeyWithShare[]> {
    // A write, since handing out user shares is recorded.
    return this.unitOfWork.write(async (transaction) => {
      const wallet = await this.wallets.find(actor.userId, clientId, transaction);
      const found = wallet === undefined ? [] : await this.splitKeys.listOfWallet(wallet.id, transaction);
      await this.audit.approve(actor, 'list-keys', { clientId }, transaction);
      return found;
    });
  }
}
