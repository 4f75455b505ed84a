import { Injectable } from '@nestjs/common';
import type { TokenActor } from '../../audit/actor.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { Transaction } from '../../database/transaction.js';
import { unknownServerShare } from '../domain/server-share.js';
import type { ServerShare } from '../domain/server-share.js';
import { ServerShareRepository } from '../persistence/server-share.repository.js';

/** How the calls with a token find the split key they name: by caller, client id and either share's key. */
@Injectable()
export class FindOwned {
  constructor(private readonly shares: ServerShareRepository) {}

  /** Throws `SPLIT_KEY.UNKNOWN`, the same whether it does not exist or is another's. */
  async byEitherKey(
    actor: TokenActor,
    clientId: ClientId,
    publicKey: PublicKeyHex,
    transaction: Transaction,
  ): Promise<ServerShare> {
    const owned = await this.shares.listOwnedBy(actor.userId, clientId, transaction);
    const found =
      owned.find((share) => share.userPublicKeyHex === publicKey) ??
      owned.find((share) => share.serverPublicKeyHex === publicKey);
    if (found === undefined) throw unknownServerShare();
    return found;
  }

  /** The same, and by the `public_key` that `/setup` was given: then the one that was used last. */
  async byAnyKey(
    actor: TokenActor,
    clientId: ClientId,
    publicKey: PublicKeyHex,
    transaction: Transaction,
  ): Promise<ServerShare> {
    const owned = await this.shares.listOwnedBy(actor.userId, clientId, transaction);
    const found =
      owned.find((share) => share.userPublicKeyHex === publicKey) ??
      owned.find((share) => share.serverPublicKeyHex === publicKey) ??
      owned.find((share) => share.setupPublicKeyHex === publicKey);
    if (found === undefined) throw unknownServerShare();
    return found;
  }
}
