import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { TokenActor } from '../../identity/actor.js';
import type { PublicKeyHex } from '../../crypto/key-names.js';
import { unknownSplitKey } from '../../errors/split-key-errors.js';
import type { RestrictionList } from '../../restrictions/restriction-list.js';
import { SplitKeyRepository } from '../persistence/split-key.repository.js';

@Injectable()
export class ReadRestrictions {
  static readonly action = 'read-restrictions' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly splitKeys: SplitKeyRepository,
  ) {}

  /** What a split key of the caller's may sign. Throws `SPLIT_KEY.UNKNOWN`. */
  execute(actor: TokenActor, publicKey: PublicKeyHex): Promise<RestrictionList> {
    return this.recorded.write(actor, ReadRestrictions.action, async (transaction) => {
      const splitKey = await this.splitKeys.find(actor.userId, publicKey, transaction);
      if (splitKey === undefined) throw unknownSplitKey();
      const subject = { clientId: splitKey.clientId, publicKeyHex: splitKey.userPublicKeyHex };
      const restrictions = await this.splitKeys.restrictionsOf(splitKey.id, transaction);
      if (restrictions === 'unreadable') throw new Error('a stored restriction list cannot be read');
      return { result: restrictions, subject };
    });
  }
}
