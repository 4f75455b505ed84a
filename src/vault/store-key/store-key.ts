import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { Alongside, Done } from '../../audit/recorded-work.js';
import type { TokenActor } from '../../identity/actor.js';
import type { UserId } from '../../identity/user-id.js';
import type { Transaction } from '../../database/transaction.js';
import type { SecretBytes } from '../../crypto/secret-bytes.js';
import { KeyMaker } from '../../engine/key-making/key-maker.js';
import { DestroyWallets } from '../destroy-wallets/destroy-wallets.js';
import { NewWallets } from '../domain/new-wallets.js';
import type { Wallet } from '../domain/wallet.js';
import { PendingWallets } from '../persistence/pending-wallets.js';
import { WalletRepository } from '../persistence/wallet.repository.js';
import { assertNamed, inconsistent } from './key-to-store.js';
import type { KeyToStore } from './key-to-store.js';

@Injectable()
export class StoreKey {
  static readonly action = 'store-key' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly wallets: WalletRepository,
    private readonly pending: PendingWallets,
    private readonly newWallets: NewWallets,
    private readonly keys: KeyMaker,
  ) {}

  /**
   * Keeps a master key; client key and client id are derived from it and never taken from the caller. Storing
   * one's own key again changes nothing, but adds a mnemonic if none was kept. One that is deleted is destroyed, and the
   * wallet is a new one. Wipes both secrets. Throws `MalformedEncodingError` for words that are none, `STORE.INCONSISTENT`
   * when the key has other words or names than those that came along, and `WALLET.QUOTA`.
   */
  async execute(actor: TokenActor, { key, words, names }: KeyToStore, alongside?: Alongside<Wallet>): Promise<Wallet> {
    const secrets: SecretBytes[] = [];
    try {
      const masterKey = await this.masterKeyOf(actor.userId, { key, words });
      secrets.push(masterKey);
      const offered = this.newWallets.of(actor.userId, await this.keys.publicKeyOf(actor.userId, masterKey));
      assertNamed(offered, names);
      const mnemonic = words?.secret;
      const store = async (transaction: Transaction): Promise<Done<Wallet>> => {
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
      };
      return await this.recorded.write(actor, StoreKey.action, store, alongside);
    } finally {
      for (const secret of secrets) secret.wipe();
      key?.secret.wipe();
      words?.secret.wipe();
    }
  }

  /** The key as it came; where words came that are checked, they make the same one or it is refused. */
  private async masterKeyOf(user: UserId, { key, words }: Pick<KeyToStore, 'key' | 'words'>): Promise<SecretBytes> {
    if (words?.areChecked !== true) {
      if (key === undefined) throw new Error('a wallet to store has neither key nor words');
      return key.secret;
    }
    const fromWords = await this.keys.keyOfWords(user, words.secret, words.field);
    if (key === undefined || timingSafeEqual(key.secret.expose(), fromWords.expose())) return fromWords;
    fromWords.wipe();
    throw inconsistent(words.field, `are not the words of ${key.field}; without them the key can be stored`);
  }
}
