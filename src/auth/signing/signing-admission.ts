import { Injectable } from '@nestjs/common';
import { asDomainError } from '../../errors/as-domain-error.js';
import type { DomainError } from '../../errors/domain-error.js';
import { ERROR_CATALOGUE } from '../../errors/error-catalogue.js';
import { Metrics } from '../../metrics/metrics.js';
import type { SigningKind } from '../../metrics/metrics.js';
import { CurveWorkers } from '../curve-workers/curve-workers.js';
import { OVERLOADED } from '../curve-workers/pool/overloaded.js';
import { FairPlaces, partyOf } from './fair-places.js';
import type { Applicant } from './fair-places.js';

/** As `http/lean` has it, which this file need not know. */
interface RouteAdmission {
  readonly room: (network?: string) => number;
  readonly roomForWaiting: (network?: string) => number;
  readonly refuse: () => DomainError;
}

/** Of all places, and of a party's share. Enough for whoever comes between two looks at those who wait. */
const KEPT_FOR_NEWCOMERS = 1 / 16;

/**
 * Admission control of signing: lets in as many requests as the workers can hold and queue, and counts what became of
 * all of them, malformed ones included.
 *
 * The bound is here, and not only at the workers' queue: what waits for the record waits all the same. Whether there is
 * room is looked at before a body is read, so that refusing takes as little as it can from those that are let in. A place
 * is taken only when the split key has been found: whoever names one that does not exist holds none. Nobody holds more than
 * a fair share of them.
 */
@Injectable()
export class SigningAdmission {
  readonly #places: FairPlaces;

  constructor(
    private readonly metrics: Metrics,
    private readonly workers: CurveWorkers,
  ) {
    this.#places = new FairPlaces(() => workers.capacity);
  }

  /** How a route of this kind lets requests in, as a lean route asks for it. Whom it refuses is counted. */
  ofRoute(kind: SigningKind): RouteAdmission {
    return {
      room: (network) => this.#room(network),
      roomForWaiting: (network) => this.#roomForWaiting(network),
      refuse: () => this.#refuse(kind),
    };
  }

  /** Runs `work` and counts what becomes of it; its result or error is passed on as it is. */
  async run<T>(kind: SigningKind, work: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const seconds = (): number => (performance.now() - startedAt) / 1000;
    try {
      const result = await work();
      this.metrics.signingDecided(kind, 'approved', '', seconds());
      return result;
    } catch (error) {
      const code = asDomainError(error)?.code ?? 'INTERNAL';
      this.metrics.signingDecided(kind, ERROR_CATALOGUE[code].outcome, code, seconds());
      throw error;
    }
  }

  /**
   * Runs `work` in a place of its own. Rejects with `SIGNING.OVERLOADED` at once when all are taken, or all that the
   * applicant may have.
   */
  async inPlace<T>(applicant: Applicant, work: () => Promise<T>): Promise<T> {
    if (!this.#places.take(applicant)) throw OVERLOADED;
    try {
      return await work();
    } finally {
      this.#places.leave(applicant);
    }
  }

  #room(network: string | undefined): number {
    return this.#places.roomFor(network === undefined ? undefined : partyOf({ network }));
  }

  /** The last places are for those who keep to `Retry-After`. */
  #roomForWaiting(network: string | undefined): number {
    return Math.max(0, this.#room(network) - Math.floor(this.workers.capacity * KEPT_FOR_NEWCOMERS));
  }

  #refuse(kind: SigningKind): DomainError {
    this.metrics.signingDecided(kind, ERROR_CATALOGUE[OVERLOADED.code].outcome, OVERLOADED.code, 0);
    return OVERLOADED;
  }
}
