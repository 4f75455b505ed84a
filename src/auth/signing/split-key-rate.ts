import { Injectable } from '@nestjs/common';
import { RateLimiter } from '../../rate-limits/rate-limiter.js';
import type { SigningShare } from '../domain/server-share.js';
import { RecentSignatures } from './recent-signatures.js';
import type { SigningRequest } from './signing-request.js';

/**
 * The limit of rate of split keys. Whoever's partial has verified holds the split key, and it is theirs to pay; but only
 * for something new: what was signed before may be somebody's who has overheard it, and stays with the address.
 */
@Injectable()
export class SplitKeyRate {
  readonly #recent = new RecentSignatures();

  constructor(private readonly limiter: RateLimiter) {}

  /** To be called once a signature has been made and verified. Throws `RATE.LIMITED`. */
  charge({ id }: SigningShare, { actor }: SigningRequest, signature: Uint8Array): void {
    if (!this.#recent.isNew(id, signature)) return;
    try {
      this.limiter.chargeSplitKey(id, actor.userId === undefined ? actor.network : undefined);
    } catch (limited) {
      // It was not released, so whoever asks for it again asks for something new.
      this.#recent.forget(id, signature);
      throw limited;
    }
  }
}
