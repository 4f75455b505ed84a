import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { ClientId } from '../../crypto/key-names.js';
import type { TokenActor } from '../../identity/actor.js';
import type { Freeze } from '../domain/freeze.js';
import { SetFrozen } from '../freezing/set-frozen.js';

@Injectable()
export class FreezeWallet {
  static readonly action = 'freeze' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly setFrozen: SetFrozen,
  ) {}

  /**
   * Suspends all of the caller's split keys of a wallet, those too that are made, set up or lent later, until it is thawed.
   * Once this has resolved nothing is signed with any of them. Again changes nothing. Throws `WALLET.UNKNOWN`.
   */
  execute(actor: TokenActor, clientId: ClientId): Promise<Freeze> {
    return this.recorded.write(actor, FreezeWallet.action, (transaction) =>
      this.setFrozen.of(actor.userId, clientId, true, transaction),
    );
  }
}
