import { Injectable } from '@nestjs/common';
import { DomainError } from '../../errors/domain-error.js';
import { ERROR_CATALOGUE } from '../../errors/error-catalogue.js';
import { toDomainError } from '../../http/to-domain-error.js';
import { Metrics } from '../../metrics/metrics.js';
import type { SigningKind } from '../../metrics/metrics.js';
import { CurveWorkers } from '../curve-workers/curve-workers.js';

/**
 * Lets in as many signing requests as the workers can hold and queue, and counts what became of all of them,
 * malformed ones included.
 *
 * The bound is here, before the first read of the database, and not only at the workers' queue: what waits for a read
 * or for the record waits all the same.
 */
@Injectable()
export class ObservedSigning {
  #underWay = 0;

  constructor(
    private readonly metrics: Metrics,
    private readonly workers: CurveWorkers,
  ) {}

  /**
   * Runs `work`; its result or error is passed on as it is. Rejects with `SIGNING.OVERLOADED` at once when too many
   * are under way.
   */
  async of<T>(kind: SigningKind, work: () => Promise<T>): Promise<T> {
    const startedAt = process.hrtime.bigint();
    const seconds = (): number => Number(process.hrtime.bigint() - startedAt) / 1e9;
    try {
      const result = await this.#admit(work);
      this.metrics.signingDecided(kind, 'approved', '', seconds());
      return result;
    } catch (error) {
      const { code } = toDomainError(error);
      this.metrics.signingDecided(kind, ERROR_CATALOGUE[code].outcome, code, seconds());
      throw error;
    }
  }

  async #admit<T>(work: () => Promise<T>): Promise<T> {
    if (this.#underWay >= this.workers.capacity) {
      throw new DomainError('SIGNING.OVERLOADED', 'too many signing requests wait; try again shortly');
    }
    this.#underWay += 1;
    try {
      return await work();
    } finally {
      this.#underWay -= 1;
    }
  }
}
