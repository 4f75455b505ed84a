import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { SigningConfiguration } from '../../config/configuration.js';
import { usableCores } from '../../config/cpu-quota.js';
import type { KeyRing } from '../../crypto/sealing/data-key.js';
import { AUTH_KEY_RING, SIGNING_CONFIGURATION } from '../injection-tokens.js';
import { Metrics } from '../../metrics/metrics.js';
import { Readiness } from '../../readiness/readiness.js';
import type { CurveJob, CurveResult } from './protocol/curve-job.js';
import { CurvePool } from './pool/curve-pool.js';
import { curveWorkerFile } from './pool/worker-file.js';

/** The service's pool of curve workers, started before it listens and ended after its last answer. */
@Injectable()
export class CurveWorkers implements OnApplicationShutdown {
  readonly #workers: number;
  #pool: CurvePool | undefined;

  constructor(
    @Inject(SIGNING_CONFIGURATION) private readonly configuration: SigningConfiguration,
    @Inject(AUTH_KEY_RING) private readonly keyRing: KeyRing,
    private readonly metrics: Metrics,
    readiness: Readiness,
  ) {
    readiness.add('signing_workers', () =>
      this.#pool?.hasReadyWorker === true ? undefined : 'no worker that signs is ready',
    );
    this.#workers = configuration.signingWorkers ?? usableCores();
  }

  /** Jobs that can be in the workers' hands and in their queue together. */
  get capacity(): number {
    const { signingBatchMax, signingQueueMax } = this.configuration;
    return signingQueueMax + this.#workers * signingBatchMax;
  }

  /** Called by Nest before the server listens. Rejects when a worker fails its self-tests. */
  async onModuleInit(): Promise<void> {
    const { blsEngine, signingBatchMax, signingQueueMax } = this.configuration;
    this.#pool = await CurvePool.start({
      workerFile: curveWorkerFile(),
      workers: this.#workers,
      queueMax: signingQueueMax,
      engine: blsEngine,
      keyRing: this.keyRing,
      batchMax: signingBatchMax,
      observer: this.metrics.signingPool,
    });
  }

  /** Called by Nest when the server has answered its last request. */
  async onApplicationShutdown(): Promise<void> {
    await this.#pool?.close();
  }

  /** @param party who takes turns with others where many wait */
  run(job: CurveJob, party: string): Promise<CurveResult> {
    if (this.#pool === undefined) return Promise.reject(new Error('the curve workers have not started'));
    return this.#pool.run(job, party);
  }
}
