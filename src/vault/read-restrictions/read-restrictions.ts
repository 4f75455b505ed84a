import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { TokenActor } from '../../identity/actor.js';
import type { PublicKeyHex } from '../../crypto/key-names.js';
import { unknownSplitKey } from '../../errors/split-key-errors.js';
import { listOfPolicy } from '../../restrictions/policy/policy-and-list.js';
import type { RestrictionList } from '../../restrictions/restriction-list.js';
import { SplitKeyRepository } from '../persistence/split-key.repository.js';

@Injectable()
export class ReadRestrictions {
  static readonly action = 'read-restrictions' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly splitKeys: SplitKeyRepository,
  ) {}

  /**
   * The groups that a split key of the caller's allows whole. Throws `SPLIT_KEY.UNKNOWN`, `POLICY.UNREADABLE`.
   */
  execute(actor: TokenActor, publicKey: PublicKeyHex): Promise<RestrictionList> {
    return this.recorded.read(actor, ReadRestrictions.action, async (transaction) => {
      const splitKey = await this.splitKeys.find(actor.userId, publicKey, transaction);
      if (splitKey === undefined) throw unknownSplitKey();
      const subject = { clientId: splitKey.clientId, publicKeyHex: splitKey.userPublicKeyHex };
      return { result: listOfPolicy(await this.splitKeys.policyOf(splitKey.id, transaction)), subject };
    });
  }
}
