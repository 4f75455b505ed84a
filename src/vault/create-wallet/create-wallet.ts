import { Inject, Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { Done } from '../../audit/recorded-work.js';
import type { TokenActor } from '../../identity/actor.js';
import type { BlsEngine } from '../../crypto/bls0chain/bls-engine.js';
import { generateMnemonic, secretKeyFromMnemonic } from '../../crypto/bls0chain/mnemonic.js';
import type { RandomBytes } from '../../crypto/random-bytes.js';
import type { SecretBytes } from '../../crypto/secret-bytes.js';
import { BLS_ENGINE, RANDOM_BYTES } from '../../engine/injection-tokens.js';
import type { Transaction } from '../../database/transaction.js';
import type { Wallet } from '../domain/wallet.js';
import { WalletRepository } from '../persistence/wallet.repository.js';
import { NewWallets } from '../domain/new-wallets.js';

/** A new wallet and the words it grew from: shown this once, then the caller's to wipe. */
export interface CreatedWallet {
  readonly wallet: Wallet;
  readonly mnemonic: SecretBytes;
}

@Injectable()
export class CreateWallet {
  static readonly action = 'create-wallet' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly wallets: WalletRepository,
    private readonly newWallets: NewWallets,
    @Inject(BLS_ENGINE) private readonly engine: BlsEngine,
    @Inject(RANDOM_BYTES) private readonly random: RandomBytes,
  ) {}

  execute(actor: TokenActor): Promise<CreatedWallet> {
    return this.recorded.write(
      actor,
      CreateWallet.action,
      (transaction) => this.step(actor, transaction),
      wipeMnemonic,
    );
  }

  /** A step of a larger piece of recorded work. The mnemonic is the caller's to wipe, also if a later step fails. */
  async step(actor: TokenActor, transaction: Transaction): Promise<Done<CreatedWallet>> {
    const mnemonic = generateMnemonic(this.random);
    const masterKey = secretKeyFromMnemonic(mnemonic);
    try {
      const wallet = this.newWallets.of(actor.userId, this.engine.publicKeyOf(masterKey));
      await this.wallets.add(wallet, { masterKey, mnemonic }, transaction);
      return { result: { wallet, mnemonic }, subject: { clientId: wallet.clientId } };
    } catch (error) {
      mnemonic.wipe();
      throw error;
    } finally {
      masterKey.wipe();
    }
  }
}

/** For a wallet that was not kept after all. */
export function wipeMnemonic({ mnemonic }: CreatedWallet): void {
  mnemonic.wipe();
}
