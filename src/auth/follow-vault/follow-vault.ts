import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../clock/clock.js';
import type { Transaction } from '../../database/transaction.js';
import type { SplitKeyCreated, SplitKeyTermsChanged } from '../../events/domain-events.js';
import { EventBus } from '../../events/event-bus.js';
import type { NewServerShare } from '../domain/server-share.js';
import { ServerShareRepository } from '../persistence/server-share.repository.js';
import { SharePolicies } from '../persistence/share-policies.js';

/** Writes ZAuth's half of what ZVault decides, in ZVault's transaction: both halves change, or neither. */
@Injectable()
export class FollowVault implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly shares: ServerShareRepository,
    private readonly policies: SharePolicies,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.events.on('SplitKeyCreated', (event, transaction) => this.keep(event, transaction));
    this.events.on('SplitKeyTermsChanged', (event, transaction) => this.changeIfKept(event, transaction));
    this.events.on('WalletDeleted', ({ ownerId, clientId }, transaction) =>
      this.shares.deleteOwnedBy(ownerId, clientId, transaction),
    );
  }

  private async keep(event: SplitKeyCreated, transaction: Transaction): Promise<void> {
    const share: NewServerShare = {
      id: randomUUID(),
      splitKeyId: event.splitKeyId,
      ownerId: event.ownerId,
      clientId: event.clientId,
      clientKeyHex: event.clientKeyHex,
      userPublicKeyHex: event.userPublicKeyHex,
      serverPublicKeyHex: event.serverPublicKeyHex,
      setupPublicKeyHex: undefined,
      policy: event.policy,
      createdAtSeconds: event.createdAtSeconds,
    };
    await this.shares.add(share, event.serverShare, transaction);
  }

  /** A half that ZAuth was told to delete cannot sign, so there is nothing left to change. */
  private async changeIfKept(
    { ownerId, clientId, userPublicKeyHex, change }: SplitKeyTermsChanged,
    transaction: Transaction,
  ): Promise<void> {
    const share = await this.shares.findBySigner(clientId, userPublicKeyHex, transaction);
    if (share?.ownerId !== ownerId) return;
    if (change === 'revoked') return this.shares.revoke(share.id, transaction);
    const authorship = { by: ownerId, atMilliseconds: this.clock.nowMilliseconds() };
    await this.policies.replace(share, change.policy, authorship, transaction);
  }
}
