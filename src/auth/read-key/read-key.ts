import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import { FindOwned } from '../persistence/find-owned.js';

@Injectable()
export class ReadKey {
  static readonly action = 'read-key' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly findOwned: FindOwned,
  ) {}

  /** When it last signed, in seconds since 1970; 0 = not yet. Throws `SPLIT_KEY.UNKNOWN`. */
  execute(actor: TokenActor, clientId: ClientId, publicKey: PublicKeyHex): Promise<number> {
    return this.recorded.read(actor, ReadKey.action, async (transaction) => {
      const share = await this.findOwned.byAnyKey(actor, clientId, publicKey, transaction);
      const subject = { clientId, publicKeyHex: share.userPublicKeyHex };
      return { result: share.lastUsedAtSeconds, subject };
    });
  }
}
