import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { recordedList } from '../../audit/audit-facts.js';
import type { AuditFacts } from '../../audit/audit-facts.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { TokenActor } from '../../identity/actor.js';
import { Clock } from '../../clock/clock.js';
import type { PublicKeyHex } from '../../crypto/key-names.js';
import type { SecretBytes } from '../../crypto/secret-bytes.js';
import { KeyMaker } from '../../engine/key-making/key-maker.js';
import type { Transaction } from '../../database/transaction.js';
import { DomainError } from '../../errors/domain-error.js';
import { EventBus } from '../../events/event-bus.js';
import type { RestrictionList } from '../../restrictions/restriction-list.js';
import { namesOf } from '../domain/server-share.js';
import type { NewServerShare, ServerShare } from '../domain/server-share.js';
import { ServerShareRepository } from '../persistence/server-share.repository.js';
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
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly keyMaker: KeyMaker,
  ) {}

  /**
   * Keeps the server share for the token's user and wipes it. Repeating it for one's own live record replaces those
   * of list, expiry and further name that are said. Throws `SETUP.INCONSISTENT`, `SETUP.REFUSED` for another's record,
   * `SPLIT_KEY.REVOKED` for what is revoked here or at ZVault, and `SPLIT_KEY.EXPIRED` for what has expired so long ago
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
      restrictions: request.restrictions ?? 'unrestricted',
      expiresAtSeconds: request.expiresAtSeconds ?? 0,
      isRevoked: false,
      createdAtSeconds: this.clock.nowSeconds(),
      lastUsedAtSeconds: 0,
    };
  }

  /** ZVault may have made it, and have revoked it since: then it throws, and nothing is kept. */
  private async keep(share: NewServerShare, secret: SecretBytes, transaction: Transaction): Promise<AuditFacts> {
    const { restrictions, expiresAtSeconds } = share;
    await this.shares.assertRoomFor(share, this.clock.nowSeconds(), transaction);
    await this.shares.add(share, secret, transaction);
    await this.events.publish(
      { type: 'ServerShareOffered', ...namesOf(share), restrictions, expiresAtSeconds },
      transaction,
    );
    return { restrictions: { after: recordedList(restrictions) }, expires_at: { after: expiresAtSeconds } };
  }

  /** What is said; the rest stays as it is. An owner who knows the master key can set up what ZVault made. */
  private async changeTerms(
    actor: TokenActor,
    known: ServerShare,
    { restrictions, expiresAtSeconds, setupPublicKeyHex }: SetUpRequest,
    transaction: Transaction,
  ): Promise<AuditFacts> {
    if (known.ownerId !== actor.userId) throw new DomainError('SETUP.REFUSED', 'this split key cannot be set up');
    if (known.isRevoked) throw new DomainError('SPLIT_KEY.REVOKED', 'the split key has been revoked');
    if (await this.shares.isErased(known.id, transaction)) throw expiredForGood();
    const before = await this.shares.restrictionsOf(known.id, transaction);
    if (restrictions !== undefined) {
      await this.shares.restrict(known.id, restrictions, transaction);
      await this.events.publish({ type: 'ServerShareRestricted', ...namesOf(known), restrictions }, transaction);
    }
    if (expiresAtSeconds !== undefined) {
      await this.shares.renew(known.id, expiresAtSeconds, transaction);
      await this.events.publish({ type: 'ServerShareRenewed', ...namesOf(known), expiresAtSeconds }, transaction);
    }
    if (setupPublicKeyHex !== undefined) await this.shares.rename(known.id, setupPublicKeyHex, transaction);
    return {
      restrictions: { before: recordedList(before), after: recordedList(restrictions ?? before) },
      expires_at: { before: known.expiresAtSeconds, after: expiresAtSeconds ?? known.expiresAtSeconds },
    };
  }
}

function expiredForGood(): DomainError {
  return new DomainError(
    'SPLIT_KEY.EXPIRED',
    'the split key has expired so long ago that its server share was overwritten; make another one',
  );
}
