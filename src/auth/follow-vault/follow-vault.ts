import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Transaction } from '../../database/transaction.js';
import type { SplitKeyCreated, SplitKeyRestricted, SplitKeyRevoked } from '../../events/domain-events.js';
import { EventBus } from '../../events/event-bus.js';
import type { NewServerShare, ServerShare } from '../domain/server-share.js';
import { ServerShareRepository } from '../persistence/server-share.repository.js';

/** Writes ZAuth's half of what ZVault decides, in ZVault's transaction: both halves change, or neither. */
@Injectable()
export class FollowVault implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly shares: ServerShareRepository,
  ) {}

  onModuleInit(): void {
    this.events.on('SplitKeyCreated', (event, transaction) => this.keep(event, transaction));
    this.events.on('SplitKeyRestricted', (event, transaction) =>
      this.ifKept(event, transaction, ({ id }) => this.shares.restrict(id, event.restrictions, transaction)),
    );
    this.events.on('SplitKeyRevoked', (event, transaction) =>
      this.ifKept(event, transaction, ({ id }) => this.shares.revoke(id, transaction)),
    );
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
      restrictions: event.restrictions,
      isRevoked: false,
      createdAtSeconds: event.createdAtSeconds,
      expiresAtSeconds: event.expiresAtSeconds,
      lastUsedAtSeconds: 0,
    };
    await this.shares.add(share, event.serverShare, transaction);
  }

  /** A half that ZAuth was told to delete cannot sign, so there is nothing left to change. */
  private async ifKept(
    { ownerId, clientId, userPublicKeyHex }: SplitKeyRestricted | SplitKeyRevoked,
    transaction: Transaction,
    change: (share: ServerShare) => Promise<void>,
  ): Promise<void> {
    const share = await this.shares.findBySigner(clientId, userPublicKeyHex, transaction);
    if (share?.ownerId === ownerId) await change(share);
  }
}
