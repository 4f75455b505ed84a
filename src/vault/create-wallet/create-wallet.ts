import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit-trail.js';
import type { TokenActor } from '../../identity/actor.js';
import type { BlsEngine } from '../../crypto/bls0chain/bls-engine.js';
import { generateMnemonic, secretKeyFromMnemonic } from '../../crypto/bls0chain/mnemonic.js';
import type { RandomBytes } from '../../crypto/random-bytes.js';
import type { SecretBytes } from '../../crypto/secret-bytes.js';
import { BLS_ENGINE, RANDOM_BYTES } from '../../engine/injection-tokens.js';
import type { Transaction } from '../../database/transaction.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
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
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly wallets: WalletRepository,
    private readonly newWallets: NewWallets,
    private readonly audit: AuditTrail,
    @Inject(BLS_ENGINE) private readonly engine: BlsEngine,
    @Inject(RANDOM_BYTES) private readonly random: RandomBytes,
  ) {}

  execute(actor: TokenActor): Promise<CreatedWallet> {
    return this.unitOfWork.write((transaction) => this.within(actor, 'create-wallet', transaction));
  }

  /** The same inside a larger unit of work. */
  async within(actor: TokenActor, action: string, transaction: Transaction): Promise<CreatedWallet> {
    const mnemonic = generateMnemonic(this.random);
    const masterKey = secretKeyFromMnemonic(mnemonic);
    try {
      const wallet = this.newWallets.of(actor.userId, this.engine.publicKeyOf(masterKey));
      await this.wallets.add(wallet, { masterKey, mnemonic }, transaction);
      await this.audit.approve(actor, action, { clientId: wallet.clientId }, transaction);
      return { wallet, mnemonic };
    } catch (error) {
      mnemonic.wipe();
      throw error;
    } finally {
      masterKey.wipe();
    }
  }
}
