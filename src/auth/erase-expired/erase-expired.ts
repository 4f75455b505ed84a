import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { SystemAction } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import { Clock } from '../../clock/clock.js';
import { EventBus } from '../../events/event-bus.js';
import { DELETION_GRACE_SECONDS } from '../../sweeping/injection-tokens.js';
import { Sweeper } from '../../sweeping/sweeper.js';
import { ServerShareRepository } from '../persistence/server-share.repository.js';

const MOST_AT_ONCE = 50;

/** Overwrites both shares of split keys that expired so long ago that nobody will set them up with a later expiry. */
@Injectable()
export class EraseExpired implements OnModuleInit {
  static readonly action = 'erase-expired-key' satisfies SystemAction;

  constructor(
    private readonly sweeper: Sweeper,
    private readonly recorded: RecordedWork,
    private readonly shares: ServerShareRepository,
    private readonly events: EventBus,
    private readonly clock: Clock,
    @Inject(DELETION_GRACE_SECONDS) private readonly graceSeconds: number,
  ) {}

  onModuleInit(): void {
    this.sweeper.add('expired split keys', () => this.execute());
  }

  /** A batch of them, in both halves; says how many. */
  execute(): Promise<number> {
    return this.recorded.ofItself(EraseExpired.action, async (transaction) => {
      const latest = this.clock.nowSeconds() - this.graceSeconds;
      const due = await this.shares.unerasedUntil(latest, MOST_AT_ONCE, transaction);
      for (const { id, ...names } of due) {
        await this.shares.erase(id, transaction);
        await this.events.publish({ type: 'ServerShareErased', ...names }, transaction);
      }
      return due.map(({ ownerId, clientId, userPublicKeyHex }) => ({
        clientId,
        publicKeyHex: userPublicKeyHex,
        facts: { owner: ownerId },
      }));
    });
  }
}
