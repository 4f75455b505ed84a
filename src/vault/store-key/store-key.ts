import { Inject, Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { Done } from '../../audit/recorded-work.js';
import type { TokenActor } from '../../identity/actor.js';
import type { BlsEngine } from '../../crypto/bls0chain/bls-engine.js';
import { BLS_ENGINE } from '../../engine/injection-tokens.js';
import { DestroyWallets } from '../destroy-wallets/destroy-wallets.js';
import { NewWallets } from '../domain/new-wallets.js';
import type { Wallet } from '../domain/wallet.js';
import { PendingWallets } from '../persistence/pending-wallets.js';
import { WalletRepository } from '../persistence/wallet.repository.js';
import { assertNamed } from './key-to-store.js';
import type { KeyToStore } from './key-to-store.js';

@Injectable()
export class StoreKey {
  static readonly action = 'store-key' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly wallets: WalletRepository,
    private readonly pending: PendingWallets,
    private readonly newWallets: NewWallets,
    @Inject(BLS_ENGINE) private readonly engine: BlsEngine,
  ) {}

  /**
   * Keeps a master key; client key and client id are derived from it and never taken from the caller. Storing
   * one's own key again changes nothing, but adds a mnemonic if none was kept. One that is deleted is destroyed, and the
   * wallet is a new one. Wipes both secrets. Throws
   * `STORE.INCONSISTENT` when the key has other names than those that came along.
   */
  async execute(actor: TokenActor, { masterKey, mnemonic, names }: KeyToStore): Promise<Wallet> {
    try {
      const offered = this.newWallets.of(actor.userId, this.engine.publicKeyOf(masterKey));
      assertNamed(offered, names);
      return await this.recorded.write(actor, StoreKey.action, async (transaction): Promise<Done<Wallet>> => {
        const { clientId } = offered;
        const known = await this.wallets.find(actor.userId, clientId, transaction);
        if (known !== undefined) {
          if (mnemonic !== undefined) await this.wallets.addMnemonic(known, mnemonic, transaction);
          return { result: known, subject: { clientId } };
        }
        const deleted = await this.pending.find(actor.userId, clientId, transaction);
        if (deleted !== undefined) await this.wallets.delete(deleted, transaction);
        await this.wallets.add(offered, { masterKey, mnemonic }, transaction);
        const subject = { clientId };
        if (deleted === undefined) return { result: offered, subject };
        return { result: offered, subject, further: [{ action: DestroyWallets.action, subject }] };
      });
    } finally {
      masterKey.wipe();
      mnemonic?.wipe();
    }
  }
}
