import { Injectable } from '@nestjs/common';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { Transaction } from '../../database/transaction.js';
import { unknownSplitKey } from '../../errors/split-key-errors.js';
import type { ServerShare } from '../domain/server-share.js';
import { ServerShareRepository } from './server-share.repository.js';
import type { KeyName } from './server-share.repository.js';

/** How the calls with a token find the split key they name: by caller, client id and one of its keys. */
@Injectable()
export class FindOwned {
  constructor(private readonly shares: ServerShareRepository) {}

  /** By either share's key. Throws `SPLIT_KEY.UNKNOWN`, the same whether it does not exist or is another's. */
  byEitherKey(
    actor: TokenActor,
    clientId: ClientId,
    publicKey: PublicKeyHex,
    transaction: Transaction,
  ): Promise<ServerShare> {
    return this.byFirstOf(['userPublicKeyHex', 'serverPublicKeyHex'], actor, clientId, publicKey, transaction);
  }

  /** The same, and by the `public_key` that `/setup` was given: then the one that was used last. */
  byAnyKey(
    actor: TokenActor,
    clientId: ClientId,
    publicKey: PublicKeyHex,
    transaction: Transaction,
  ): Promise<ServerShare> {
    const names = ['userPublicKeyHex', 'serverPublicKeyHex', 'setupPublicKeyHex'] as const;
    return this.byFirstOf(names, actor, clientId, publicKey, transaction);
  }

  private async byFirstOf(
    names: readonly KeyName[],
    actor: TokenActor,
    clientId: ClientId,
    publicKey: PublicKeyHex,
    transaction: Transaction,
  ): Promise<ServerShare> {
    const owner = { ownerId: actor.userId, clientId };
    for (const name of names) {
      const found = await this.shares.findOwned(owner, name, publicKey, transaction);
      if (found !== undefined) return found;
    }
    throw unknownSplitKey();
  }
}
