import { Logger } from '@nestjs/common';
import type { Clock } from '../clock/clock.js';
import type { KeySetConfiguration } from '../config/configuration.js';
import { DomainError } from '../errors/domain-error.js';
import { OutboundFailure } from '../outbound/outbound-http.js';
import { KeySetDownload } from './key-set-download.js';
import { PublishedKeys } from './published-keys.js';
import type { TokenHeader } from './token-header.js';
import type { VerificationKey } from './token-check.js';
import type { TokenKeySource } from './token-key-sources.js';

/** How long a fetched set is believed; a key that its issuer withdrew works no longer than this. */
const MAX_AGE_MILLISECONDS = 600_000;

/** At what age a set is fetched again before anybody has to wait for it. */
const REFRESH_AGE_MILLISECONDS = 300_000;

/** An unknown key id fetches a set again only when it is older than this. */
const MIN_AGE_MILLISECONDS = 30_000;

/** How long after a failure nothing is fetched. */
const PAUSE_MILLISECONDS = 5_000;

const NEVER = Number.NEGATIVE_INFINITY;

/** Whether a key set can check tokens now, and if not, why: one line for operators. */
export type KeySetState = { readonly isUsable: true } | { readonly isUsable: false; readonly reason: string };

/**
 * The keys that an issuer publishes (JWKS), fetched as whole sets.
 *
 * Any number of unknown key ids costs one request in 30 seconds, and that request renews the set for everybody; so a
 * stranger with random key ids cannot lock the issuer's users out. Once a set is too old it is not used, even when
 * the endpoint is down: callers then get `TOKEN.KEYS_UNAVAILABLE`.
 */
export class RemoteKeySet implements TokenKeySource {
  readonly #log = new Logger('KeySet');
  readonly #download: KeySetDownload;
  #keys = new PublishedKeys([]);
  #fetchedAt = NEVER;
  #failedAt = NEVER;
  #failure: string | undefined;
  #fetching: Promise<void> | undefined;
  #isClosed = false;

  /** Fetches nothing yet. */
  constructor(
    keySet: KeySetConfiguration,
    private readonly clock: Clock,
  ) {
    this.#download = new KeySetDownload(keySet);
  }

  async keysFor(header: TokenHeader): Promise<readonly VerificationKey[]> {
    // A public key never checks an HMAC, whatever the set holds.
    if (header.algorithm.startsWith('HS')) return [];
    if (!this.#isYoungerThan(this.#fetchedAt, MAX_AGE_MILLISECONDS)) await this.#fetchOnce();
    const known = await this.#keys.matching(header);
    if (known.length > 0 || this.#isYoungerThan(this.#fetchedAt, MIN_AGE_MILLISECONDS)) return known;
    await this.#fetchOnce();
    return this.#keys.matching(header);
  }

  /** Begins to fetch the set if it is missing or no longer young; waits for nothing and never throws. */
  keepFresh(): void {
    if (this.#isYoungerThan(this.#fetchedAt, REFRESH_AGE_MILLISECONDS)) return;
    // What went wrong is kept in the state and in the log.
    this.#fetchOnce().catch(() => undefined);
  }

  state(): KeySetState {
    if (this.#isYoungerThan(this.#fetchedAt, MAX_AGE_MILLISECONDS)) return { isUsable: true };
    const since = this.#fetchedAt === NEVER ? 'the key set has not been fetched yet' : 'the key set is too old to use';
    return { isUsable: false, reason: this.#failure === undefined ? since : `${since}: ${this.#failure}` };
  }

  /** Fetches nothing more, and ends what is under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#download.close();
  }

  /** A time that lies in the future, after the clock was set back, is not young. */
  #isYoungerThan(since: number, milliseconds: number): boolean {
    const age = this.clock.nowMilliseconds() - since;
    return age >= 0 && age < milliseconds;
  }

  /** All who wait at the same time share one request. */
  async #fetchOnce(): Promise<void> {
    if (this.#isClosed || this.#isYoungerThan(this.#failedAt, PAUSE_MILLISECONDS)) throw unavailable();
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = undefined;
    });
    await this.#fetching;
  }

  async #fetch(): Promise<void> {
    try {
      const keys = new PublishedKeys(await this.#download.members());
      if (keys.size === 0) throw new OutboundFailure('it holds no key that could check a token');
      this.#keys = keys;
      this.#fetchedAt = this.clock.nowMilliseconds();
      if (this.#failure !== undefined) this.#log.warn('the key set at JWT_JWKS_URL could be fetched again');
      this.#failure = undefined;
    } catch (cause) {
      this.#failedAt = this.clock.nowMilliseconds();
      this.#fail(cause instanceof OutboundFailure ? cause.message : 'it cannot be read');
      throw unavailable(cause);
    }
  }

  /** Tells of the same trouble once, not every few seconds. */
  #fail(reason: string): void {
    if (reason !== this.#failure && !this.#isClosed) {
      this.#log.warn(`the key set at JWT_JWKS_URL could not be fetched, and is tried again: ${reason}`);
    }
    this.#failure = reason;
  }
}

function unavailable(cause?: unknown): DomainError {
  const why = 'the keys that check tokens cannot be fetched now; try again later';
  return new DomainError('TOKEN.KEYS_UNAVAILABLE', why, { cause });
}
