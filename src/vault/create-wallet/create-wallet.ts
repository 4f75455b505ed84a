import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { Alongside, Done } from '../../audit/recorded-work.js';
import type { TokenActor } from '../../identity/actor.js';
import type { SecretBytes } from '../../crypto/secret-bytes.js';
import type { Transaction } from '../../database/transaction.js';
import { KeyMaker } from '../../engine/key-making/key-maker.js';
import type { MadeWallet } from '../../engine/key-making/key-maker.js';
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
    private readonly keys: KeyMaker,
  ) {}

  /** The key is made before the transaction, which only keeps it. */
  async execute(actor: TokenActor, alongside?: Alongside<CreatedWallet>): Promise<CreatedWallet> {
    const made = await this.keys.newWallet(actor.userId);
    try {
      const keep = (transaction: Transaction): Promise<Done<CreatedWallet>> => this.step(actor, made, transaction);
      return await this.recorded.write(actor, CreateWallet.action, keep, alongside);
    } catch (error) {
      made.mnemonic.wipe();
      throw error;
    } finally {
      made.masterKey.wipe();
    }
  }

  /** A step of a larger piece of recorded work. The secrets stay the caller's to wipe. */
  async step(actor: TokenActor, made: MadeWallet, transaction: Transaction): Promise<Done<CreatedWallet>> {
    const wallet = this.newWallets.of(actor.userId, made.clientKey);
    await this.wallets.add(wallet, made, transaction);
    return { result: { wallet, mnemonic: made.mnemonic }, subject: { clientId: wallet.clientId } };
  }
}
