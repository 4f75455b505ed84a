import { Injectable } from '@nestjs/common';
import type { TokenActor } from '../../identity/actor.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { CreateWallet } from '../create-wallet/create-wallet.js';
import type { CreatedWallet } from '../create-wallet/create-wallet.js';
import { MakeSplitKey } from '../make-split-key/make-split-key.js';

/** Upstream's older call: a wallet and its first split key at once. */
@Injectable()
export class LegacyGenerate {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly createWallet: CreateWallet,
    private readonly makeSplitKey: MakeSplitKey,
  ) {}

  /** Both or neither. The split key, without a list, is found in `/keys`. */
  execute(actor: TokenActor): Promise<CreatedWallet> {
    return this.unitOfWork.write(async (transaction) => {
      const created = await this.createWallet.within(actor, 'generate', transaction);
      const terms = { restrictions: 'unrestricted', expiresAtSeconds: undefined } as const;
      const { userShare } = await this.makeSplitKey.within(actor, created.wallet, terms, transaction);
      userShare.wipe();
      return created;
    });
  }
}
