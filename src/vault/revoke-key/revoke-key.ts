import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import { unknownSplitKey } from '../../errors/split-key-errors.js';
import { EventBus } from '../../events/event-bus.js';
import { SplitKeyRepository } from '../persistence/split-key.repository.js';

@Injectable()
export class RevokeKey {
  static readonly action = 'revoke-key' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly splitKeys: SplitKeyRepository,
    private readonly events: EventBus,
  ) {}

  /**
   * Revokes a split key for good, in both halves, and overwrites both shares. Once this has resolved no signature is
   * made with it. Revoking it again changes nothing. Throws `SPLIT_KEY.UNKNOWN`.
   */
  execute(actor: TokenActor, clientId: ClientId, publicKey: PublicKeyHex): Promise<void> {
    return this.recorded.write(actor, RevokeKey.action, async (transaction) => {
      const splitKey = await this.splitKeys.find(actor.userId, publicKey, transaction);
      if (splitKey?.clientId !== clientId) throw unknownSplitKey();
      await this.splitKeys.revoke(splitKey.id, transaction);
      const { ownerId, userPublicKeyHex } = splitKey;
      await this.events.publish(
        { type: 'SplitKeyTermsChanged', ownerId, clientId, userPublicKeyHex, change: 'revoked' },
        transaction,
      );
      const facts = { is_revoked: { before: splitKey.isRevoked, after: true } };
      const subject = { clientId, publicKeyHex: userPublicKeyHex, facts };
      return { result: undefined, subject };
    });
  }
}
