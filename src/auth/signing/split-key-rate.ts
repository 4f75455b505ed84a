import { Injectable } from '@nestjs/common';
import { RateLimiter } from '../../rate-limits/rate-limiter.js';
import type { SigningShare } from '../domain/server-share.js';
import { RecentSignatures } from './recent-signatures.js';
import type { SigningRequest } from './signing-request.js';

/**
 * The limits of rate of split keys. Whoever's partial has verified holds the split key, and it is theirs to pay; but only
 * for something new: what was signed before may be somebody's who has overheard it, and stays with the address.
 */
@Injectable()
export class SplitKeyRate {
  readonly #recent = new RecentSignatures();
  readonly #recentRefusals = new RecentSignatures();

  constructor(private readonly limiter: RateLimiter) {}

  /** To be called once a signature has been made and verified. Throws `RATE.LIMITED`. */
  charge({ id }: SigningShare, { actor }: SigningRequest, signature: Uint8Array): void {
    chargeOnce(this.#recent, id, signature, () => {
      this.limiter.chargeSplitKey(id, actor.userId === undefined ? actor.network : undefined);
    });
  }

  /**
   * To be called once something is to be refused to whoever has proven to hold the split key. Each refusal that is new is
   * an entry of the record, which somebody with a key that may do nothing could fill. Throws `RATE.LIMITED`.
   *
   * @param decision what makes it the same as another, as the record has it
   */
  chargeRefusal({ id }: SigningShare, decision: Uint8Array): void {
    chargeOnce(this.#recentRefusals, id, decision, () => {
      this.limiter.chargeRefusal(id);
    });
  }

  /**
   * To be called once whoever asks what would be decided has proven to hold the split key. It costs a verification and a
   * read, and signs nothing: the address has paid and gets nothing back, and what is new is paid like a refusal. Not like
   * a signature: whoever asks all day keeps nobody from signing. Throws `RATE.LIMITED`.
   *
   * @param question what makes it the same as another: whoever has overheard it can ask it again, and only that
   */
  chargeDryRun({ id }: SigningShare, question: Uint8Array): void {
    chargeOnce(this.#recentRefusals, id, question, () => {
      this.limiter.chargeRefusal(id);
    });
  }
}

/** Has paid for what is new, and throws what `charge` does: then it was not let through, and is new when asked for again. */
function chargeOnce(recent: RecentSignatures, shareId: string, what: Uint8Array, charge: () => void): void {
  if (!recent.isNew(shareId, what)) return;
  try {
    charge();
  } catch (limited) {
    recent.forget(shareId, what);
    throw limited;
  }
}
