import type { ClientKeyCounters } from '../../../crypto/mcl/batch/batch-co-signer.js';
import type { BlsEngineName } from '../../../crypto/bls0chain/bls-engine.js';
import type { KeyRing } from '../../../crypto/sealing/data-key.js';

/** What a worker is started with. Keys are KeyObjects, whose bytes stay outside every JavaScript heap. */
export interface WorkerSetUp {
  readonly engine: BlsEngineName;
  readonly keyRing: KeyRing;
  readonly batchMax: number;
}

/** Transferred with its bytes: whoever sent it has none left. */
export interface BatchQuestion {
  readonly id: number;
  /** By `packJobs`. */
  readonly packedJobs: Uint8Array<ArrayBuffer>;
}

/** Opens whatever comes behind it. Answered by nothing. */
export interface RingMessage {
  readonly keyRing: KeyRing;
}

/** Transferred as the question is. */
export interface BatchAnswer {
  readonly kind: 'answer';
  readonly id: number;
  /** By `packResults`: one result a job, in the jobs' order. */
  readonly packedResults: Uint8Array<ArrayBuffer>;
  /** How long the arithmetic took. */
  readonly milliseconds: number;
  /** Since the worker's start; undefined with an engine that keeps no client keys. */
  readonly clientKeys: ClientKeyCounters | undefined;
}

export type WorkerMessage = { readonly kind: 'ready' } | BatchAnswer;
