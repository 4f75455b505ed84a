import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import { FindOwned } from '../persistence/find-owned.js';
import { ChangeTerms } from '../terms/change-terms.js';

@Injectable()
export class RevokeShare {
  static readonly action = 'revoke-share' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly findOwned: FindOwned,
    private readonly terms: ChangeTerms,
  ) {}

  /**
   * Revokes for good, in ZVault too if it made the split key: the shares are overwritten. Again is fine. Throws
   * `SPLIT_KEY.UNKNOWN`.
   */
  execute(actor: TokenActor, clientId: ClientId, publicKey: PublicKeyHex): Promise<void> {
    return this.recorded.write(actor, RevokeShare.action, async (transaction) => {
      const share = await this.findOwned.byEitherKey(actor, clientId, publicKey, transaction);
      await this.terms.revoke(share, transaction);
      const facts = { is_revoked: { before: share.isRevoked, after: true } };
      const subject = { clientId, publicKeyHex: share.userPublicKeyHex, facts };
      return { result: undefined, subject };
    });
  }
}
