import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { SystemAction } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import { Clock } from '../../clock/clock.js';
import { Sweeper } from '../../sweeping/sweeper.js';
import { PendingWallets } from '../persistence/pending-wallets.js';
import { WalletRepository } from '../persistence/wallet.repository.js';

const MOST_AT_ONCE = 50;

/** Destroys the master keys of deleted wallets that nobody has brought back in time. */
@Injectable()
export class DestroyWallets implements OnModuleInit {
  static readonly action = 'destroy-wallet' satisfies SystemAction;

  constructor(
    private readonly sweeper: Sweeper,
    private readonly recorded: RecordedWork,
    private readonly wallets: WalletRepository,
    private readonly pending: PendingWallets,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.sweeper.add('deleted wallets', () => this.execute());
  }

  /** A batch of them; says how many. */
  execute(): Promise<number> {
    return this.recorded.ofItself(DestroyWallets.action, async (transaction) => {
      const due = await this.pending.dueBy(this.clock.nowSeconds(), MOST_AT_ONCE, transaction);
      for (const wallet of due) await this.wallets.delete(wallet, transaction);
      return due.map(({ clientId, ownerId }) => ({ clientId, facts: { owner: ownerId } }));
    });
  }
}
