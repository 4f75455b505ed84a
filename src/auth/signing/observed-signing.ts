import { Injectable } from '@nestjs/common';
import { ERROR_CATALOGUE } from '../../errors/error-catalogue.js';
import { toDomainError } from '../../http/to-domain-error.js';
import { Metrics } from '../../metrics/metrics.js';
import type { SigningKind } from '../../metrics/metrics.js';

/** Counts what became of signing requests, malformed ones included. */
@Injectable()
export class ObservedSigning {
  constructor(private readonly metrics: Metrics) {}

  /** Runs `work`; its result or error is passed on as it is. */
  async of<T>(kind: SigningKind, work: () => Promise<T>): Promise<T> {
    const startedAt = process.hrtime.bigint();
    const seconds = (): number => Number(process.hrtime.bigint() - startedAt) / 1e9;
    try {
      const result = await work();
      this.metrics.signingDecided(kind, 'approved', '', seconds());
      return result;
    } catch (error) {
      const { code } = toDomainError(error);
      this.metrics.signingDecided(kind, ERROR_CATALOGUE[code].outcome, code, seconds());
      throw error;
    }
  }
}
