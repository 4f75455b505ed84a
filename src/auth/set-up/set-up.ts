import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { recordedOperations } from '../../audit/audit-facts.js';
import type { AuditFacts } from '../../audit/audit-facts.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { TokenActor } from '../../identity/actor.js';
import { Clock } from '../../clock/clock.js';
import type { PublicKeyHex } from '../../crypto/key-names.js';
import type { SecretBytes } from '../../crypto/secret-bytes.js';
import { KeyMaker } from '../../engine/key-making/key-maker.js';
import type { Transaction } from '../../database/transaction.js';
import { DomainError } from '../../errors/domain-error.js';
import { expiredForGood } from '../../errors/split-key-errors.js';
import { EventBus } from '../../events/event-bus.js';
import { withList } from '../../restrictions/policy/policy-and-list.js';
import type { Policy } from '../../restrictions/policy/policy.js';
import type { RestrictionList } from '../../restrictions/restriction-list.js';
import { endOf, withEnd } from '../../restrictions/terms/terms.js';
import { namesOf } from '../domain/server-share.js';
import type { NewServerShare, ServerShare } from '../domain/server-share.js';
import { ServerShareRepository } from '../persistence/server-share.repository.js';
import { ChangeTerms } from '../terms/change-terms.js';
import { consistentKeys } from './consistent-keys.js';
import type { ClaimedKeys, ConsistentKeys } from './consistent-keys.js';

/** A split key that was made elsewhere, whose server share is handed to us. Of what is undefined nothing was said. */
export interface SetUpRequest {
  /** The share is wiped by whoever keeps it. */
  readonly keys: ClaimedKeys;
  readonly setupPublicKeyHex: PublicKeyHex | undefined;
  readonly restrictions: RestrictionList | undefined;
  /** 0 = never */
  readonly expiresAtSeconds: number | undefined;
}

@Injectable()
export class SetUp {
  static readonly action = 'set-up' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly shares: ServerShareRepository,
    private readonly terms: ChangeTerms,
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly keyMaker: KeyMaker,
  ) {}

  /**
   * Keeps the server share for the token's user and wipes it. Repeating it for one's own live record replaces those
   * of list, expiry and further name that are said. Throws `SETUP.INCONSISTENT`, `SETUP.REFUSED` for another's record,
   * `POLICY.UNREADABLE`, `SPLIT_KEY.REVOKED` for what is revoked here or at ZVault, and `SPLIT_KEY.EXPIRED` for what has expired so long ago
   * that its share is gone, and `SPLIT_KEY.QUOTA` for one too many.
   */
  async execute(actor: TokenActor, request: SetUpRequest): Promise<void> {
    const { serverShare } = request.keys;
    try {
      const keys = await consistentKeys(this.keyMaker, actor.userId, request.keys);
      await this.recorded.write(actor, SetUp.action, async (transaction) => {
        const known = await this.shares.findBySigner(keys.clientId, keys.userPublicKeyHex, transaction);
        const facts =
          known === undefined
            ? await this.keep(this.newShare(actor, keys, request), serverShare, transaction)
            : await this.changeTerms(actor, known, request, transaction);
        return { result: undefined, subject: { clientId: keys.clientId, publicKeyHex: keys.userPublicKeyHex, facts } };
      });
    } finally {
      serverShare.wipe();
    }
  }

  private newShare(actor: TokenActor, keys: ConsistentKeys, request: SetUpRequest): NewServerShare {
    return {
      id: randomUUID(),
      splitKeyId: undefined,
      ownerId: actor.userId,
      ...keys,
      setupPublicKeyHex: request.setupPublicKeyHex,
      // Of a split key that is set up for the first time, as far as nothing else is said.
      policy: policyAfter({}, request),
      createdAtSeconds: this.clock.nowSeconds(),
    };
  }

  /** ZVault may have made it, and have revoked it since: then it throws, and nothing is kept. */
  private async keep(share: NewServerShare, secret: SecretBytes, transaction: Transaction): Promise<AuditFacts> {
    const { policy } = share;
    await this.shares.assertRoomFor(share, this.clock.nowSeconds(), transaction);
    await this.shares.add(share, secret, transaction);
    await this.events.publish({ type: 'ServerShareOffered', ...namesOf(share), policy }, transaction);
    return { restrictions: { after: recordedOperations(policy) }, expires_at: { after: endOf(policy) } };
  }

  /** What is said; the rest stays as it is. An owner who knows the master key can set up what ZVault made. */
  private async changeTerms(
    actor: TokenActor,
    known: ServerShare,
    request: SetUpRequest,
    transaction: Transaction,
  ): Promise<AuditFacts> {
    if (known.ownerId !== actor.userId) throw new DomainError('SETUP.REFUSED', 'this split key cannot be set up');
    if (known.isRevoked) throw new DomainError('SPLIT_KEY.REVOKED', 'the split key has been revoked');
    if (await this.shares.isErased(known.id, transaction)) throw expiredForGood();
    const change = (before: Policy): Policy => policyAfter(before, request);
    const { before, after } = await this.terms.change(known, actor.userId, change, transaction);
    const { setupPublicKeyHex } = request;
    if (setupPublicKeyHex !== undefined) await this.shares.rename(known.id, setupPublicKeyHex, transaction);
    return {
      restrictions: { before: recordedOperations(before), after: recordedOperations(after) },
      expires_at: { before: endOf(before), after: endOf(after) },
    };
  }
}

/** What of a policy a request says anything about, changed; the rest as it is. */
function policyAfter(policy: Policy, { restrictions, expiresAtSeconds }: SetUpRequest): Policy {
  const listed = restrictions === undefined ? policy : withList(policy, restrictions);
  return expiresAtSeconds === undefined ? listed : withEnd(listed, expiresAtSeconds);
}
