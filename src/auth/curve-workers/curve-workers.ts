import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { SigningConfiguration } from '../../config/configuration.js';
import { usableCores } from '../../config/cpu-quota.js';
import type { HeldRing } from '../../data-keys/held-ring.js';
import { AUTH_KEY_RING, SIGNING_CONFIGURATION } from '../injection-tokens.js';
import { SERVICE_SEALED } from '../../errors/service-sealed.js';
import { Metrics } from '../../metrics/metrics.js';
import { Readiness } from '../../readiness/readiness.js';
import { ServiceSeal } from '../../readiness/service-seal.js';
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
    @Inject(AUTH_KEY_RING) private readonly held: HeldRing,
    private readonly metrics: Metrics,
    readiness: Readiness,
    private readonly seal: ServiceSeal,
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
    await this.#start();
    // Each has the key in its own memory, which ends with it.
    this.seal.add({ seal: () => this.#end(), unseal: () => this.#start() });
    this.held.follow((ring) => this.#pool?.takeRing(ring));
  }

  /** Called by Nest when the server has answered its last request. */
  async onApplicationShutdown(): Promise<void> {
    await this.#end();
  }

  /** @param party who takes turns with others where many wait */
  run(job: CurveJob, party: string): Promise<CurveResult> {
    if (this.seal.isSealed) return Promise.reject(SERVICE_SEALED);
    if (this.#pool === undefined) return Promise.reject(new Error('the curve workers have not started'));
    return this.#pool.run(job, party);
  }

  async #start(): Promise<void> {
    const { blsEngine, signingBatchMax, signingQueueMax } = this.configuration;
    this.#pool = await CurvePool.start({
      workerFile: curveWorkerFile(),
      workers: this.#workers,
      queueMax: signingQueueMax,
      engine: blsEngine,
      keyRing: this.held.ring,
      batchMax: signingBatchMax,
      observer: this.metrics.signingPool,
    });
  }

  async #end(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    await pool?.close();
  }
}
