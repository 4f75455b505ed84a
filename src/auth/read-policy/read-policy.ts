import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import { FindReadable } from '../persistence/find-readable.js';
import { DescribePolicy } from '../terms/describe-policy.js';
import type { PolicyInForce } from '../terms/describe-policy.js';

/** A policy, for its owner or for the one to whom the split key is lent. */
export interface ReadPolicyResult {
  readonly inForce: PolicyInForce;
  readonly isOwner: boolean;
}

@Injectable()
export class ReadPolicy {
  static readonly action = 'read-policy' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly findReadable: FindReadable,
    private readonly describe: DescribePolicy,
  ) {}

  /** Of a split key that is the caller's, or is lent to them. Throws `SPLIT_KEY.UNKNOWN`, `POLICY.UNREADABLE`. */
  execute(actor: TokenActor, clientId: ClientId, publicKey: PublicKeyHex): Promise<ReadPolicyResult> {
    return this.recorded.read(actor, ReadPolicy.action, async (transaction) => {
      const { share, isOwner } = await this.findReadable.byEitherKey(actor, clientId, publicKey, transaction);
      const inForce = await this.describe.inForce(share, transaction);
      const facts = { policy_revision: share.revision };
      return { result: { inForce, isOwner }, subject: { clientId, publicKeyHex: share.userPublicKeyHex, facts } };
    });
  }
}
