import type { BlsEngineName } from '../../crypto/bls0chain/bls-engine.js';
import type { DomainKey } from '../../crypto/sealing/domain-key.js';
import type { CurveJob, CurveResult } from './curve-job.js';

/** What a worker is started with. The key is a KeyObject, whose bytes stay outside every JavaScript heap. */
export interface WorkerSetUp {
  readonly engine: BlsEngineName;
  readonly sealingKey: DomainKey;
  readonly batchMax: number;
}

export interface BatchQuestion {
  readonly id: number;
  readonly jobs: readonly CurveJob[];
}

export interface BatchAnswer {
  readonly kind: 'answer';
  readonly id: number;
  readonly results: readonly CurveResult[];
  /** How long the arithmetic took. */
  readonly milliseconds: number;
}

export type WorkerMessage = { readonly kind: 'ready' } | BatchAnswer;
