import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from '../../events/event-bus.js';
import { SplitKeyRepository } from '../persistence/split-key.repository.js';

/** What ZAuth was told about a split key that ZVault made, ZVault shows too, in the same transaction. */
@Injectable()
export class FollowAuth implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly splitKeys: SplitKeyRepository,
  ) {}

  onModuleInit(): void {
    this.events.on('ServerShareRestricted', ({ splitKeyId, restrictions }, transaction) =>
      this.splitKeys.restrict(splitKeyId, restrictions, transaction),
    );
    this.events.on('ServerShareRenewed', ({ splitKeyId, expiresAtSeconds }, transaction) =>
      this.splitKeys.renew(splitKeyId, expiresAtSeconds, transaction),
    );
    this.events.on('ServerShareRevoked', ({ splitKeyId }, transaction) =>
      this.splitKeys.revoke(splitKeyId, transaction),
    );
  }
}
