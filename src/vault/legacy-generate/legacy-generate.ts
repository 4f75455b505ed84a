import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { Done } from '../../audit/recorded-work.js';
import type { TokenActor } from '../../identity/actor.js';
import type { Transaction } from '../../database/transaction.js';
import { CreateWallet, wipeMnemonic } from '../create-wallet/create-wallet.js';
import type { CreatedWallet } from '../create-wallet/create-wallet.js';
import { MakeSplitKey } from '../make-split-key/make-split-key.js';

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
  ) {}

  /** Both or neither. The split key, without a list, is found in `/keys`. */
  execute(actor: TokenActor): Promise<CreatedWallet> {
    return this.recorded.write(
      actor,
      LegacyGenerate.action,
      (transaction) => this.both(actor, transaction),
      wipeMnemonic,
    );
  }

  private async both(actor: TokenActor, transaction: Transaction): Promise<Done<CreatedWallet>> {
    const created = await this.createWallet.step(actor, transaction);
    const terms = { restrictions: 'unrestricted', expiresAtSeconds: undefined } as const;
    try {
      const made = await this.makeSplitKey.step(created.result.wallet, terms, transaction);
      made.result.userShare.wipe();
      return { ...created, further: [{ action: MakeSplitKey.action, subject: made.subject }] };
    } catch (error) {
      wipeMnemonic(created.result);
      throw error;
    }
  }
}
