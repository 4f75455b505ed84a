import { TokenBucket } from 'limiter';

/**
 * Buckets that are kept at most, some hundred bytes each. Whoever is used least gives way, and begins with a full bucket
 * when seen again: a flood of names costs bounded memory, and buys nothing that a new name would not have.
 */
const MOST_BUCKETS = 20_000;

/** A token bucket for each name: so many tokens a second, and some seconds' worth of them at once. */
export class TokenBuckets {
  /** The least recently used first. */
  readonly #buckets = new Map<string, TokenBucket>();
  readonly #size: number;

  /**
   * @param perSecond whole tokens; 0 is no limit
   * @param burstSeconds how many seconds' tokens a bucket holds
   */
  constructor(
    private readonly perSecond: number,
    burstSeconds: number,
  ) {
    this.#size = perSecond * burstSeconds;
  }

  /** Takes a token out of this name's bucket; says whether there was one. */
  take(name: string): boolean {
    return this.perSecond === 0 || this.#bucketOf(name).tryRemoveTokens(1);
  }

  /** Puts a token back that somebody else pays for. */
  giveBack(name: string): void {
    if (this.perSecond === 0) return;
    const bucket = this.#bucketOf(name);
    bucket.content = Math.min(bucket.content + 1, this.#size);
  }

  #bucketOf(name: string): TokenBucket {
    const known = this.#buckets.get(name);
    if (known !== undefined) this.#buckets.delete(name);
    else if (this.#buckets.size >= MOST_BUCKETS) this.#forgetOldest();
    const bucket = known ?? this.#fullBucket();
    this.#buckets.set(name, bucket);
    return bucket;
  }

  #forgetOldest(): void {
    for (const oldest of this.#buckets.keys()) {
      this.#buckets.delete(oldest);
      return;
    }
  }

  #fullBucket(): TokenBucket {
    const bucket = new TokenBucket({ bucketSize: this.#size, tokensPerInterval: this.perSecond, interval: 'second' });
    bucket.content = this.#size;
    return bucket;
  }
}
