import { Inject, Injectable } from '@nestjs/common';
import type { BlsEngine } from '../../crypto/bls0chain/bls-engine.js';
import { combineVerified } from '../../crypto/bls0chain/combine.js';
import { BLS_ENGINE } from '../../crypto/tokens.js';
import { ServerShareRepository } from '../persistence/server-share.repository.js';
import type { SealedServerShare } from '../persistence/server-share.repository.js';
import type { SigningRequest } from './signing-request.js';

/** The curve work of one signing request. Asynchronous, so that it can move off the HTTP thread. */
@Injectable()
export class CoSigner {
  constructor(
    @Inject(BLS_ENGINE) private readonly engine: BlsEngine,
    private readonly shares: ServerShareRepository,
  ) {}

  /**
   * The combined signature, or `undefined` unless it verifies against the client key. That one verification
   * proves the user's partial, our share and our arithmetic; our own partial never leaves this function.
   * Rejects when the server share cannot be opened.
   */
  async combine(sealed: SealedServerShare, { hash, userPartial }: SigningRequest): Promise<Uint8Array | undefined> {
    await Promise.resolve();
    const serverShare = this.shares.open(sealed);
    try {
      const serverPartial = this.engine.sign(serverShare, hash);
      const clientKey = bytesOf(sealed.share.clientKeyHex);
      return combineVerified(this.engine, { clientKey, message: hash, userPartial, serverPartial });
    } finally {
      serverShare.wipe();
    }
  }

  /** Whether the partial is the user share's: then the sender holds the split key. Touches no secret. */
  async isUsersOwn({ share }: SealedServerShare, { hash, userPartial }: SigningRequest): Promise<boolean> {
    await Promise.resolve();
    return this.engine.verify(bytesOf(share.userPublicKeyHex), hash, userPartial);
  }
}

const bytesOf = (hex: string): Uint8Array => Buffer.from(hex, 'hex');
