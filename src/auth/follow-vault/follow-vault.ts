import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../clock/clock.js';
import type { Transaction } from '../../database/transaction.js';
import type { OwnedSplitKey, SplitKeyCreated, SplitKeyLent, SplitKeyTermsChanged } from '../../events/domain-events.js';
import { EventBus } from '../../events/event-bus.js';
import type { NewServerShare, ServerShare } from '../domain/server-share.js';
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
    this.events.on('SplitKeyLent', (event, transaction) => this.lendIfKept(event, transaction));
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
  private async changeIfKept({ change, ...names }: SplitKeyTermsChanged, transaction: Transaction): Promise<void> {
    const share = await this.findKept(names, transaction);
    if (share === undefined) return;
    if (change === 'revoked') return this.shares.revoke(share.id, transaction);
    const authorship = { by: share.ownerId, atMilliseconds: this.clock.nowMilliseconds() };
    await this.policies.replace(share, change.policy, authorship, transaction);
  }

  private async lendIfKept({ recipient, ...names }: SplitKeyLent, transaction: Transaction): Promise<void> {
    const share = await this.findKept(names, transaction);
    if (share !== undefined) await this.shares.lend(share.id, recipient, transaction);
  }

  private async findKept(
    { ownerId, clientId, userPublicKeyHex }: OwnedSplitKey,
    transaction: Transaction,
  ): Promise<ServerShare | undefined> {
    const share = await this.shares.findBySigner(clientId, userPublicKeyHex, transaction);
    return share?.ownerId === ownerId ? share : undefined;
  }
}
