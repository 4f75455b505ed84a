import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { TokenActor } from '../../identity/actor.js';
import { Clock } from '../../clock/clock.js';
import type { BlsEngine } from '../../crypto/bls0chain/bls-engine.js';
import type { PublicKeyHex } from '../../crypto/key-names.js';
import { BLS_ENGINE } from '../../engine/injection-tokens.js';
import type { Transaction } from '../../database/transaction.js';
import { DomainError } from '../../errors/domain-error.js';
import { EventBus } from '../../events/event-bus.js';
import type { RestrictionList } from '../../restrictions/restriction-list.js';
import type { ServerShare } from '../domain/server-share.js';
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

type Terms = Pick<ServerShare, 'restrictions' | 'expiresAtSeconds' | 'setupPublicKeyHex'>;

/** Of a split key that is set up for the first time, as far as nothing else is said. */
const TERMS_OF_A_NEW_ONE: Terms = { restrictions: 'unrestricted', expiresAtSeconds: 0, setupPublicKeyHex: undefined };

@Injectable()
export class SetUp {
  static readonly action = 'set-up' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly shares: ServerShareRepository,
    private readonly events: EventBus,
    private readonly clock: Clock,
    @Inject(BLS_ENGINE) private readonly engine: BlsEngine,
  ) {}

  /**
   * Keeps the server share for the token's user and wipes it. Repeating it for one's own live record replaces those
   * of list, expiry and further name that are said. Throws `SETUP.INCONSISTENT`, `SETUP.REFUSED` for another's record and
   * `SPLIT_KEY.REVOKED` for a revoked one.
   */
  async execute(actor: TokenActor, request: SetUpRequest): Promise<void> {
    const { serverShare } = request.keys;
    try {
      const keys = consistentKeys(this.engine, request.keys);
      const { clientId, userPublicKeyHex } = keys;
      await this.recorded.write(actor, SetUp.action, async (transaction) => {
        const known = await this.shares.findBySigner(clientId, userPublicKeyHex, transaction);
        if (known === undefined) await this.shares.add(this.newShare(actor, keys, request), serverShare, transaction);
        else await this.replaceTerms(actor, known, request, transaction);
        return { result: undefined, subject: { clientId, publicKeyHex: userPublicKeyHex } };
      });
    } finally {
      serverShare.wipe();
    }
  }

  private newShare(actor: TokenActor, keys: ConsistentKeys, request: SetUpRequest): ServerShare {
    return {
      id: randomUUID(),
      splitKeyId: undefined,
      ownerId: actor.userId,
      ...keys,
      ...termsAfter(request, TERMS_OF_A_NEW_ONE),
      isRevoked: false,
      createdAtSeconds: this.clock.nowSeconds(),
      lastUsedAtSeconds: 0,
    };
  }

  private async replaceTerms(
    actor: TokenActor,
    known: ServerShare,
    request: SetUpRequest,
    transaction: Transaction,
  ): Promise<void> {
    if (known.ownerId !== actor.userId) throw new DomainError('SETUP.REFUSED', 'this split key cannot be set up');
    if (known.isRevoked) throw new DomainError('SPLIT_KEY.REVOKED', 'the split key has been revoked');
    const terms = termsAfter(request, known);
    await this.shares.replaceTerms(known.id, terms, transaction);
    if (known.splitKeyId === undefined) return;
    // An owner who knows the master key can work out the server share of a split key that ZVault made.
    const { restrictions, expiresAtSeconds } = terms;
    const { splitKeyId } = known;
    await this.events.publish({ type: 'ServerShareRestricted', splitKeyId, restrictions }, transaction);
    await this.events.publish({ type: 'ServerShareRenewed', splitKeyId, expiresAtSeconds }, transaction);
  }
}

/** What is said, and for the rest what was there before. */
function termsAfter(said: SetUpRequest, before: Terms): Terms {
  return {
    restrictions: said.restrictions ?? before.restrictions,
    expiresAtSeconds: said.expiresAtSeconds ?? before.expiresAtSeconds,
    setupPublicKeyHex: said.setupPublicKeyHex ?? before.setupPublicKeyHex,
  };
}
