import type { IncomingMessage } from 'node:http';
import type { RateConfiguration } from '../config/configuration.js';
import { DomainError } from '../errors/domain-error.js';
import type { Metrics } from '../metrics/metrics.js';
import type { RateLimit } from '../metrics/rate-limit-metrics.js';
import { TokenBuckets } from './token-buckets.js';

/**
 * Rate limiting: who pays for a request (docs/adr/0029). Whoever has proven something pays from their own bucket: a user
 * by a token, a split key by a partial signature that verified over something new. Everything else is paid by the address
 * that it came from, so that nobody can drain a bucket by naming it.
 *
 * The address pays when the request comes, and gets its token back when somebody else turns out to pay: of requests that
 * come at one moment none is let in on another's token. Only a request that brings a token of a user may come in unpaid,
 * so that a stranger at the same address cannot shut users out; it must be proven then, or it is refused.
 */
export class RateLimiter {
  readonly #addresses: TokenBuckets;
  readonly #users: TokenBuckets;
  readonly #splitKeys: TokenBuckets;
  readonly #refusals: TokenBuckets;
  readonly #unpaid = new WeakSet<IncomingMessage>();

  constructor(
    { ratePerAddress, ratePerUser, ratePerSplitKey, rateRefusalsPerSplitKey, rateBurstSeconds }: RateConfiguration,
    private readonly metrics: Metrics,
  ) {
    this.#addresses = new TokenBuckets(ratePerAddress, rateBurstSeconds);
    this.#users = new TokenBuckets(ratePerUser, rateBurstSeconds);
    this.#splitKeys = new TokenBuckets(ratePerSplitKey, rateBurstSeconds);
    this.#refusals = new TokenBuckets(rateRefusalsPerSplitKey, rateBurstSeconds);
  }

  /**
   * Whether a request may come in. To be asked once for each, first of all.
   *
   * @param address the network that it comes from
   * @param bringsToken whether it brings what may be a user's token
   */
  admits(request: IncomingMessage, address: string, bringsToken: boolean): boolean {
    if (this.#addresses.take(address)) return true;
    if (!bringsToken) return false;
    this.#unpaid.add(request);
    return true;
  }

  /** What to tell whoever is not admitted. */
  refuseAddress(): DomainError {
    return this.#limited('address');
  }

  /** A token has proven who sent the request: the user pays. Throws `RATE.LIMITED`. */
  chargeUser(request: IncomingMessage, address: string, user: string): void {
    if (this.isPaid(request)) this.#addresses.giveBack(address);
    if (!this.#users.take(user)) throw this.#limited('user');
  }

  /** Whether the address has paid for a request. */
  isPaid(request: IncomingMessage): boolean {
    return !this.#unpaid.has(request);
  }

  /** No token has proven anything: the address must have paid. Throws `RATE.LIMITED`. */
  requirePaid(request: IncomingMessage): void {
    if (!this.isPaid(request)) throw this.refuseAddress();
  }

  /**
   * A partial signature over something new has proven who holds the split key, which pays instead of the address. Where it
   * cannot, the address has paid. Throws `RATE.LIMITED`.
   *
   * @param address absent where a token has proven the sender, and a user has paid
   */
  chargeSplitKey(splitKey: string, address: string | undefined): void {
    if (!this.#splitKeys.take(splitKey)) throw this.#limited('split_key');
    if (address !== undefined) this.#addresses.giveBack(address);
  }

  /**
   * Whoever holds a split key is to be told, once more, that it may not sign something new. The address has paid too, and
   * gets nothing back. Throws `RATE.LIMITED`.
   */
  chargeRefusal(splitKey: string): void {
    if (!this.#refusals.take(splitKey)) throw this.#limited('split_key_refusals');
  }

  #limited(limit: RateLimit): DomainError {
    this.metrics.rateLimits.limited(limit);
    return new DomainError('RATE.LIMITED', 'too many requests; try again shortly');
  }
}
