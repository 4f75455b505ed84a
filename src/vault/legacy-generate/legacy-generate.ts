import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { Done } from '../../audit/recorded-work.js';
import type { TokenActor } from '../../identity/actor.js';
import type { Transaction } from '../../database/transaction.js';
import { KeyMaker } from '../../engine/key-making/key-maker.js';
import type { MadeHalves, MadeWallet } from '../../engine/key-making/key-maker.js';
import { CreateWallet } from '../create-wallet/create-wallet.js';
import type { CreatedWallet } from '../create-wallet/create-wallet.js';
import { MakeSplitKey } from '../make-split-key/make-split-key.js';
import type { Policy } from '../../restrictions/policy/policy.js';

/** Upstream's older call: a wallet and its first split key at once. */
@Injectable()
export class LegacyGenerate {
  static readonly action = 'generate' satisfies Action;
  /** Its other call, which makes a further split key, by {@link MakeSplitKey}. */
  static readonly ofSplitKey = 'generate-split-key' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly createWallet: CreateWallet,
    private readonly makeSplitKey: MakeSplitKey,
    private readonly keys: KeyMaker,
  ) {}

  /** Both or neither. The split key, without a list, is found in `/keys`. */
  async execute(actor: TokenActor): Promise<CreatedWallet> {
    const made = await this.keys.newWallet(actor.userId);
    try {
      const halves = await this.keys.split(actor.userId, made.masterKey);
      try {
        return await this.recorded.write(actor, LegacyGenerate.action, (transaction) =>
          this.both(actor, made, halves, transaction),
        );
      } finally {
        halves.userShare.wipe();
        halves.serverShare.wipe();
      }
    } catch (error) {
      made.mnemonic.wipe();
      throw error;
    } finally {
      made.masterKey.wipe();
    }
  }

  private async both(
    actor: TokenActor,
    made: MadeWallet,
    halves: MadeHalves,
    transaction: Transaction,
  ): Promise<Done<CreatedWallet>> {
    const created = await this.createWallet.step(actor, made, transaction);
    const { subject } = await this.makeSplitKey.step(created.result.wallet, halves, UNRESTRICTED, transaction);
    return { ...created, further: [{ action: MakeSplitKey.action, subject }] };
  }
}

const UNRESTRICTED: Policy = {};
