import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import type { TxnVerification } from '../../audit/audit-entry.js';
import { recordedOperations } from '../../audit/audit-facts.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { Alongside, Done } from '../../audit/recorded-work.js';
import { shownKeys } from '../../audit/shown-keys.js';
import type { TokenActor } from '../../identity/actor.js';
import { Clock } from '../../clock/clock.js';
import { encodePublicKey } from '../../crypto/bls0chain/codec.js';
import type { ClientId } from '../../crypto/key-names.js';
import { KeyMaker } from '../../engine/key-making/key-maker.js';
import type { MadeHalves } from '../../engine/key-making/key-maker.js';
import type { Transaction } from '../../database/transaction.js';
import { DomainError } from '../../errors/domain-error.js';
import { unknownWallet } from '../../errors/split-key-errors.js';
import { EventBus } from '../../events/event-bus.js';
import type { UserId } from '../../identity/user-id.js';
import { exposureOf } from '../../restrictions/exposure/exposure.js';
import type { Exposure } from '../../restrictions/exposure/exposure.js';
import { NO_USAGE } from '../../restrictions/limits/no-usage.js';
import { policyHash } from '../../restrictions/policy/policy-json.js';
import type { Policy } from '../../restrictions/policy/policy.js';
import { refuseTheImpossible } from '../../restrictions/policy/refuse-the-impossible.js';
import { endOf, withEnd } from '../../restrictions/terms/terms.js';
import { hasExpired } from '../domain/split-key.js';
import type { NewSplitKey, SplitKeyWithShare } from '../domain/split-key.js';
import type { Wallet } from '../domain/wallet.js';
import { KEY_TTL_SECONDS, TXN_VERIFICATION } from '../injection-tokens.js';
import { SplitKeyRepository } from '../persistence/split-key.repository.js';
import { WalletRepository } from '../persistence/wallet.repository.js';

/** A new split key of this wallet. */
export interface AskedSplitKey {
  readonly clientId: ClientId;
  /** Without an end, it is as `KEY_TTL_SECONDS` says; 0 is none. */
  readonly policy: Policy;
  /** Whether a policy was given, or a list and an end that make one. */
  readonly isPolicyGiven: boolean;
}

/** A split key that has just been made. */
export interface MadeSplitKey extends SplitKeyWithShare {
  readonly splitKey: NewSplitKey;
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
    private readonly keys: KeyMaker,
    @Inject(TXN_VERIFICATION) private readonly txnVerification: TxnVerification,
  ) {}

  /**
   * The answer's user share is the caller's to wipe. Throws `WALLET.UNKNOWN`, `SPLIT_KEY.QUOTA`, `REQUEST.INVALID_FIELD`
   * when the expiry is in the past, and `MalformedPolicyError` when it would end before it begins.
   *
   * @param action as the route declares it that was called: more than one makes split keys
   */
  async execute(
    actor: TokenActor,
    action: Action,
    { clientId, policy, isPolicyGiven }: AskedSplitKey,
    alongside?: Alongside<MadeSplitKey>,
  ): Promise<MadeSplitKey> {
    // Before anything is computed.
    this.withItsEnd(policy, isPolicyGiven ? 'policy.expires_at' : 'expires_at');
    const { walletId, halves } = await this.split(actor.userId, clientId);
    try {
      const make = async (transaction: Transaction): Promise<Done<MadeSplitKey>> => {
        // It may have been deleted meanwhile, and stored anew.
        const wallet = await this.wallets.find(actor.userId, clientId, transaction);
        if (wallet?.id !== walletId) throw unknownWallet();
        const { result, subject } = await this.step(wallet, halves, policy, transaction);
        const shown = shownKeys([result.splitKey.userPublicKeyHex]);
        const given = isPolicyGiven ? { policy: { before: null, after: policyHash(result.splitKey.policy) } } : {};
        return { result, subject: { ...subject, facts: { ...subject.facts, ...given, shown } } };
      };
      return await this.recorded.write(actor, action, make, alongside);
    } catch (error) {
      halves.userShare.wipe();
      throw error;
    } finally {
      halves.serverShare.wipe();
    }
  }

  /** Opens the master key and splits it, before there is a transaction that would have to wait for it. */
  private async split(owner: UserId, clientId: ClientId): Promise<{ walletId: string; halves: MadeHalves }> {
    const opened = await this.wallets.openMasterKey(owner, clientId);
    if (opened === undefined) throw unknownWallet();
    const { walletId, masterKey } = opened;
    try {
      return { walletId, halves: await this.keys.split(owner, masterKey) };
    } finally {
      masterKey.wipe();
    }
  }

  /**
   * Keeps the halves of the wallet's master key, as a step of a larger piece of recorded work: both are written, or
   * neither. They stay the caller's to wipe.
   */
  async step(
    wallet: Wallet,
    { userShare, serverShare, userPublicKey, serverPublicKey }: MadeHalves,
    asked: Policy,
    transaction: Transaction,
  ): Promise<Done<MadeSplitKey>> {
    const policy = this.withItsEnd(asked);
    await this.splitKeys.assertRoomIn(wallet, this.clock.nowSeconds(), transaction);
    const splitKey: NewSplitKey = {
      id: randomUUID(),
      walletId: wallet.id,
      ownerId: wallet.ownerId,
      clientId: wallet.clientId,
      clientKeyHex: wallet.clientKeyHex,
      userPublicKeyHex: encodePublicKey(userPublicKey),
      serverPublicKeyHex: encodePublicKey(serverPublicKey),
      policy,
      sharedTo: undefined,
      sharedAtSeconds: 0,
      declinedAtSeconds: 0,
      isRevoked: false,
      createdAtSeconds: this.clock.nowSeconds(),
      expiresAtSeconds: endOf(policy),
    };
    await this.splitKeys.add({ splitKey, userShare }, transaction);
    await this.events.publish(
      { ...splitKey, type: 'SplitKeyCreated', splitKeyId: splitKey.id, serverShare },
      transaction,
    );
    const facts = {
      restrictions: { after: recordedOperations(policy) },
      expires_at: { after: endOf(policy) },
    };
    const subject = { clientId: wallet.clientId, publicKeyHex: splitKey.userPublicKeyHex, facts };
    return { result: { splitKey, userShare }, subject };
  }

  /** The most that can be done with a split key of this policy, with which nothing has been signed. */
  exposure(policy: Policy): Exposure {
    return exposureOf(policy, NO_USAGE, {
      nowMs: this.clock.nowMilliseconds(),
      hashesAreBelieved: this.txnVerification === 'trust-hash',
    });
  }

  /** @param field where the end was said */
  private withItsEnd(asked: Policy, field = 'expires_at'): Policy {
    const now = this.clock.nowSeconds();
    const { keyTtlSeconds } = this;
    const expiresAtSeconds = asked.expiresAtSeconds ?? (keyTtlSeconds === 0 ? 0 : now + keyTtlSeconds);
    if (hasExpired({ expiresAtSeconds }, now)) {
      throw new DomainError('REQUEST.INVALID_FIELD', `${field}: must be in the future, or 0`, { field });
    }
    const policy = withEnd(asked, expiresAtSeconds);
    // The end that it is given may lie before its beginning.
    refuseTheImpossible(policy, 'policy');
    return policy;
  }
}
