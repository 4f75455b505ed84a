import { Injectable } from '@nestjs/common';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { Transaction } from '../../database/transaction.js';
import { unknownSplitKey } from '../../errors/split-key-errors.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ServerShare } from '../domain/server-share.js';
import { ServerShareRepository } from './server-share.repository.js';

/** A split key of which somebody may know what it may sign. */
export interface ReadableShare {
  readonly share: ServerShare;
  /** Otherwise it is lent to them. */
  readonly isOwner: boolean;
}

/**
 * What a caller may know of: their own split keys, and those that are lent to them as long as they are. Who has declined a
 * split key, or borrows it no more, may not.
 */
@Injectable()
export class FindReadable {
  constructor(private readonly shares: ServerShareRepository) {}

  /** By either share's key. Throws `SPLIT_KEY.UNKNOWN`, the same whether it does not exist or is another's. */
  async byEitherKey(
    { userId }: TokenActor,
    clientId: ClientId,
    publicKey: PublicKeyHex,
    transaction: Transaction,
  ): Promise<ReadableShare> {
    for (const name of ['userPublicKeyHex', 'serverPublicKeyHex'] as const) {
      const own = await this.shares.findOwned({ ownerId: userId, clientId }, name, publicKey, transaction);
      if (own !== undefined) return { share: own, isOwner: true };
      const lent = await this.shares.findLent({ recipient: userId, clientId }, name, publicKey, transaction);
      if (lent !== undefined) return { share: lent, isOwner: false };
    }
    throw unknownSplitKey();
  }
}
