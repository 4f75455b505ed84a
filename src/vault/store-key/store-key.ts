import { Inject, Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { TokenActor } from '../../identity/actor.js';
import type { BlsEngine } from '../../crypto/bls0chain/bls-engine.js';
import { BLS_ENGINE } from '../../engine/injection-tokens.js';
import { NewWallets } from '../domain/new-wallets.js';
import type { Wallet } from '../domain/wallet.js';
import { WalletRepository } from '../persistence/wallet.repository.js';
import { assertNamed } from './key-to-store.js';
import type { KeyToStore } from './key-to-store.js';

@Injectable()
export class StoreKey {
  static readonly action = 'store-key' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly wallets: WalletRepository,
    private readonly newWallets: NewWallets,
    @Inject(BLS_ENGINE) private readonly engine: BlsEngine,
  ) {}

  /**
   * Keeps a master key; client key and client id are derived from it and never taken from the caller. Storing
   * one's own key again changes nothing, but adds a mnemonic if none was kept. Wipes both secrets. Throws
   * `STORE.INCONSISTENT` when the key has other names than those that came along.
   */
  async execute(actor: TokenActor, { masterKey, mnemonic, names }: KeyToStore): Promise<Wallet> {
    try {
      const offered = this.newWallets.of(actor.userId, this.engine.publicKeyOf(masterKey));
      assertNamed(offered, names);
      return await this.recorded.write(actor, StoreKey.action, async (transaction) => {
        const known = await this.wallets.find(actor.userId, offered.clientId, transaction);
        if (known === undefined) await this.wallets.add(offered, { masterKey, mnemonic }, transaction);
        else if (mnemonic !== undefined) await this.wallets.addMnemonic(known, mnemonic, transaction);
        return { result: known ?? offered, subject: { clientId: offered.clientId } };
      });
    } finally {
      masterKey.wipe();
      mnemonic?.wipe();
    }
  }
}
