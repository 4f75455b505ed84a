import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { ClientId } from '../../crypto/key-names.js';
import type { TokenActor } from '../../identity/actor.js';
import type { Freeze } from '../domain/freeze.js';
import { SetFrozen } from '../freezing/set-frozen.js';

@Injectable()
export class ThawWallet {
  static readonly action = 'thaw' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly setFrozen: SetFrozen,
  ) {}

  /**
   * Ends a freeze: each split key of the wallet signs what its own terms allow. Of a wallet that is not frozen it changes
   * nothing. Throws `WALLET.UNKNOWN`.
   */
  execute(actor: TokenActor, clientId: ClientId): Promise<Freeze> {
    return this.recorded.write(actor, ThawWallet.action, (transaction) =>
      this.setFrozen.of(actor.userId, clientId, false, transaction),
    );
  }
}
