import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { recordedList } from '../../audit/audit-facts.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { Done } from '../../audit/recorded-work.js';
import { shownKeys } from '../../audit/shown-keys.js';
import type { TokenActor } from '../../identity/actor.js';
import { Clock } from '../../clock/clock.js';
import type { BlsEngine } from '../../crypto/bls0chain/bls-engine.js';
import { encodePublicKey } from '../../crypto/bls0chain/codec.js';
import type { RandomBytes } from '../../crypto/random-bytes.js';
import { splitSecretKey } from '../../crypto/bls0chain/split-secret-key.js';
import type { SplitShares } from '../../crypto/bls0chain/split-secret-key.js';
import type { SecretBytes } from '../../crypto/secret-bytes.js';
import type { ClientId } from '../../crypto/key-names.js';
import { BLS_ENGINE, RANDOM_BYTES } from '../../engine/injection-tokens.js';
import type { Transaction } from '../../database/transaction.js';
import { DomainError } from '../../errors/domain-error.js';
import { EventBus } from '../../events/event-bus.js';
import type { RestrictionList } from '../../restrictions/restriction-list.js';
import { hasExpired, unknownWallet } from '../domain/split-key.js';
import type { NewSplitKey, SplitKey, SplitKeyWithShare } from '../domain/split-key.js';
import type { Wallet } from '../domain/wallet.js';
import { KEY_TTL_SECONDS } from '../injection-tokens.js';
import { SplitKeyRepository } from '../persistence/split-key.repository.js';
import { WalletRepository } from '../persistence/wallet.repository.js';

/** What the new split key may do, and until when. */
export interface SplitKeyTerms {
  readonly restrictions: RestrictionList;
  /** 0 = never; undefined = as `KEY_TTL_SECONDS` says */
  readonly expiresAtSeconds: number | undefined;
}

@Injectable()
export class MakeSplitKey {
  static readonly action = 'split-key' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly wallets: WalletRepository,
    private readonly splitKeys: SplitKeyRepository,
    private readonly events: EventBus,
    private readonly clock: Clock,
    @Inject(KEY_TTL_SECONDS) private readonly keyTtlSeconds: number,
    @Inject(BLS_ENGINE) private readonly engine: BlsEngine,
    @Inject(RANDOM_BYTES) private readonly random: RandomBytes,
  ) {}

  /**
   * The answer's user share is the caller's to wipe. Throws `WALLET.UNKNOWN`, or `REQUEST.INVALID_FIELD` when the expiry
   * is in the past.
   *
   * @param action as the route declares it that was called: more than one makes split keys
   */
  execute(actor: TokenActor, action: Action, clientId: ClientId, terms: SplitKeyTerms): Promise<SplitKeyWithShare> {
    const make = async (transaction: Transaction): Promise<Done<SplitKeyWithShare>> => {
      const wallet = await this.wallets.find(actor.userId, clientId, transaction);
      if (wallet === undefined) throw unknownWallet();
      const { result, subject } = await this.step(wallet, terms, transaction);
      const shown = shownKeys([result.splitKey.userPublicKeyHex]);
      return { result, subject: { ...subject, facts: { ...subject.facts, shown } } };
    };
    return this.recorded.write(actor, action, make, wipeUserShare);
  }

  /**
   * Splits the wallet's master key, as a step of a larger piece of recorded work: both halves are written, or neither.
   * The user share is the caller's to wipe, also if a later step fails.
   */
  async step(wallet: Wallet, terms: SplitKeyTerms, transaction: Transaction): Promise<Done<SplitKeyWithShare>> {
    const times = this.timesOf(terms);
    const masterKey = await this.wallets.openMasterKey(wallet, transaction);
    const { userShare, serverShare } = splitAndWipe(this.engine, masterKey, this.random);
    try {
      const splitKey: NewSplitKey = {
        id: randomUUID(),
        walletId: wallet.id,
        ownerId: wallet.ownerId,
        clientId: wallet.clientId,
        clientKeyHex: wallet.clientKeyHex,
        userPublicKeyHex: encodePublicKey(this.engine.publicKeyOf(userShare)),
        serverPublicKeyHex: encodePublicKey(this.engine.publicKeyOf(serverShare)),
        restrictions: terms.restrictions,
        sharedTo: undefined,
        isRevoked: false,
        ...times,
      };
      await this.splitKeys.add({ splitKey, userShare }, transaction);
      await this.events.publish(
        { ...splitKey, type: 'SplitKeyCreated', splitKeyId: splitKey.id, serverShare },
        transaction,
      );
      const facts = {
        restrictions: { after: recordedList(terms.restrictions) },
        expires_at: { after: times.expiresAtSeconds },
      };
      const subject = { clientId: wallet.clientId, publicKeyHex: splitKey.userPublicKeyHex, facts };
      return { result: { splitKey, userShare }, subject };
    } catch (error) {
      userShare.wipe();
      throw error;
    } finally {
      serverShare.wipe();
    }
  }

  private timesOf({ expiresAtSeconds }: SplitKeyTerms): Pick<SplitKey, 'createdAtSeconds' | 'expiresAtSeconds'> {
    const now = this.clock.nowSeconds();
    const { keyTtlSeconds } = this;
    const expires = expiresAtSeconds ?? (keyTtlSeconds === 0 ? 0 : now + keyTtlSeconds);
    if (hasExpired({ expiresAtSeconds: expires }, now)) {
      throw new DomainError('REQUEST.INVALID_FIELD', 'expires_at: must be in the future, or 0', {
        field: 'expires_at',
      });
    }
    return { createdAtSeconds: now, expiresAtSeconds: expires };
  }
}

function wipeUserShare({ userShare }: SplitKeyWithShare): void {
  userShare.wipe();
}

/** As `splitSecretKey`; the master key is wiped also when it throws. */
function splitAndWipe(engine: BlsEngine, masterKey: SecretBytes, random: RandomBytes): SplitShares {
  try {
    return splitSecretKey(engine, masterKey, random);
  } finally {
    masterKey.wipe();
  }
}
