import { createPublicKey } from 'node:crypto';
import type { JwksClient, SigningKey } from 'jwks-rsa';
import type { Clock } from '../clock/clock.js';
import { DomainError } from '../errors/domain-error.js';
import { downloadKeySet } from './key-set-download.js';
import type { TokenHeader } from './token-header.js';
import { TokenKey, type ExpectedOrigin } from './token-key.js';
import type { TokenKeySource } from './token-key-source.js';

/** How long a fetched set is believed; a key that its issuer withdrew works no longer than this. */
const MAX_AGE_MILLISECONDS = 600_000;

/** An unknown key id fetches a set again only when it is older than this. */
const MIN_AGE_MILLISECONDS = 30_000;

/** How long after a failure nothing is fetched. */
const PAUSE_MILLISECONDS = 5_000;

interface PublishedKey {
  readonly keyId: string | undefined;
  readonly key: TokenKey;
}

/**
 * The keys that an issuer publishes (JWKS), fetched and parsed by jwks-rsa.
 *
 * The cache is our own, of whole sets: jwks-rsa's caches by key id and counts every unknown one against its rate
 * limit, so a stranger with random key ids could lock the issuer's users out. Here any number of unknown ids
 * costs one request in 30 seconds, and that request renews the set for everybody. Once a set is too old it is not
 * used, even when the endpoint is down: callers then get `TOKEN.KEYS_UNAVAILABLE`.
 */
export class RemoteKeySet implements TokenKeySource {
  #keys: readonly PublishedKey[] = [];
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #failedAt = Number.NEGATIVE_INFINITY;
  #fetching: Promise<void> | undefined;

  private constructor(
    private readonly client: JwksClient,
    private readonly origin: ExpectedOrigin,
    private readonly clock: Clock,
  ) {}

  /** Fetches nothing yet. @param url as the configuration allows it */
  static async at(url: string, origin: ExpectedOrigin, clock: Clock): Promise<RemoteKeySet> {
    // Loaded only where a key set is configured: it brings a second token library with it.
    const { default: jwksRsa } = await import('jwks-rsa');
    const client = new jwksRsa.JwksClient({ jwksUri: url, cache: false, rateLimit: false, fetcher: downloadKeySet });
    return new RemoteKeySet(client, origin, clock);
  }

  async keysFor(header: TokenHeader): Promise<readonly TokenKey[]> {
    // A public key never checks an HMAC, whatever the set holds.
    if (header.algorithm.startsWith('HS')) return [];
    if (!this.#isYoungerThan(this.#fetchedAt, MAX_AGE_MILLISECONDS)) await this.#fetchOnce();
    const known = this.#matching(header);
    if (known.length > 0 || this.#isYoungerThan(this.#fetchedAt, MIN_AGE_MILLISECONDS)) return known;
    await this.#fetchOnce();
    return this.#matching(header);
  }

  /** A token without a key id can only mean the one key of a set of one. */
  #matching({ algorithm, keyId }: TokenHeader): readonly TokenKey[] {
    const isMeant = (key: PublishedKey): boolean =>
      keyId === undefined ? this.#keys.length === 1 : key.keyId === keyId;
    return this.#keys
      .filter(isMeant)
      .map(({ key }) => key)
      .filter((key) => key.algorithms.includes(algorithm));
  }

  /** A time that lies in the future, after the clock was set back, is not young. */
  #isYoungerThan(since: number, milliseconds: number): boolean {
    const age = this.clock.nowMilliseconds() - since;
    return age >= 0 && age < milliseconds;
  }

  /** All who wait at the same time share one request. */
  async #fetchOnce(): Promise<void> {
    if (this.#isYoungerThan(this.#failedAt, PAUSE_MILLISECONDS)) throw unavailable();
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = undefined;
    });
    await this.#fetching;
  }

  async #fetch(): Promise<void> {
    try {
      const keys = await this.client.getSigningKeys();
      this.#keys = keys.map((key) => this.#published(key)).filter(({ key }) => key.algorithms.length > 0);
      this.#fetchedAt = this.clock.nowMilliseconds();
    } catch (cause) {
      this.#failedAt = this.clock.nowMilliseconds();
      throw unavailable(cause);
    }
  }

  #published(signingKey: SigningKey): PublishedKey {
    // Typed as always there, but absent where the issuer left them out.
    const { kid, alg }: { kid?: string; alg?: string } = signingKey;
    const key = TokenKey.ofPublicKey(createPublicKey(signingKey.getPublicKey()), this.origin, alg);
    return { keyId: kid, key };
  }
}

function unavailable(cause?: unknown): DomainError {
  const why = 'the keys that check tokens cannot be fetched now; try again later';
  return new DomainError('TOKEN.KEYS_UNAVAILABLE', why, { cause });
}
