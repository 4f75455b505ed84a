import { Counter, type Registry } from 'prom-client';
import { asDomainError } from '../errors/as-domain-error.js';
import { ERROR_CATALOGUE } from '../errors/error-catalogue.js';

/** The calls that say what would be decided: dry runs of signing, and those of owners. */
export type EvaluatingCall = 'dry_run' | 'evaluate' | 'simulate';

/** What became of them: an answer, which may be no; or none, through the caller's fault (`denied`) or ours. */
type EvaluationOutcome = 'allowed' | 'not_allowed' | 'answered' | 'denied' | 'failed';

/** Counts what is asked and never recorded, since nothing comes of it. */
export class EvaluationMetrics {
  readonly #evaluations: Counter<'call' | 'outcome'>;

  constructor(registry: Registry) {
    this.#evaluations = new Counter({
      name: 'kms_evaluations_total',
      help: 'Dry runs, evaluations and simulations, by what was answered; nothing was signed or recorded',
      labelNames: ['call', 'outcome'],
      registers: [registry],
    });
  }

  /** Runs `work` and counts what becomes of it; its result or error is passed on as it is. */
  async counting<T>(
    call: EvaluatingCall,
    outcomeOf: (result: T) => EvaluationOutcome,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      const result = await work();
      this.#evaluations.inc({ call, outcome: outcomeOf(result) });
      return result;
    } catch (error) {
      const outcome =
        ERROR_CATALOGUE[asDomainError(error)?.code ?? 'INTERNAL'].outcome === 'denied' ? 'denied' : 'failed';
      this.#evaluations.inc({ call, outcome });
      throw error;
    }
  }
}

/** Of an answer that says whether something is allowed. */
export function outcomeOf({ allowed }: { readonly allowed: boolean }): 'allowed' | 'not_allowed' {
  return allowed ? 'allowed' : 'not_allowed';
}
