import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
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
import { EventBus } from '../../events/event-bus.js';
import type { UserId } from '../../identity/user-id.js';
import type { Policy } from '../../restrictions/policy/policy.js';
import { withEnd } from '../../restrictions/terms/terms.js';
import { hasExpired, unknownWallet } from '../domain/split-key.js';
import type { NewSplitKey, SplitKey, SplitKeyWithShare } from '../domain/split-key.js';
import type { Wallet } from '../domain/wallet.js';
import { KEY_TTL_SECONDS } from '../injection-tokens.js';
import { SplitKeyRepository } from '../persistence/split-key.repository.js';
import { WalletRepository } from '../persistence/wallet.repository.js';

/** A new split key of this wallet. */
export interface AskedSplitKey {
  readonly clientId: ClientId;
  /** Without an end, it is as `KEY_TTL_SECONDS` says; 0 is none. */
  readonly policy: Policy;
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
  ) {}

  /**
   * The answer's user share is the caller's to wipe. Throws `WALLET.UNKNOWN`, `SPLIT_KEY.QUOTA`, or
   * `REQUEST.INVALID_FIELD` when the expiry is in the past.
   *
   * @param action as the route declares it that was called: more than one makes split keys
   */
  async execute(
    actor: TokenActor,
    action: Action,
    { clientId, policy }: AskedSplitKey,
    alongside?: Alongside<SplitKeyWithShare>,
  ): Promise<SplitKeyWithShare> {
    // Before anything is computed.
    this.timesOf(policy);
    const { walletId, halves } = await this.split(actor.userId, clientId);
    try {
      const make = async (transaction: Transaction): Promise<Done<SplitKeyWithShare>> => {
        // It may have been deleted meanwhile, and stored anew.
        const wallet = await this.wallets.find(actor.userId, clientId, transaction);
        if (wallet?.id !== walletId) throw unknownWallet();
        const { result, subject } = await this.step(wallet, halves, policy, transaction);
        const shown = shownKeys([result.splitKey.userPublicKeyHex]);
        return { result, subject: { ...subject, facts: { ...subject.facts, shown } } };
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
  ): Promise<Done<SplitKeyWithShare>> {
    const times = this.timesOf(asked);
    const policy = withEnd(asked, times.expiresAtSeconds);
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
      ...times,
    };
    await this.splitKeys.add({ splitKey, userShare }, transaction);
    await this.events.publish(
      { ...splitKey, type: 'SplitKeyCreated', splitKeyId: splitKey.id, serverShare },
      transaction,
    );
    const facts = {
      restrictions: { after: recordedOperations(policy) },
      expires_at: { after: times.expiresAtSeconds },
    };
    const subject = { clientId: wallet.clientId, publicKeyHex: splitKey.userPublicKeyHex, facts };
    return { result: { splitKey, userShare }, subject };
  }

  private timesOf({ expiresAtSeconds }: Policy): Pick<SplitKey, 'createdAtSeconds' | 'expiresAtSeconds'> {
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
