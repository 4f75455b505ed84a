import type { ClientKeyCounters } from '../../../crypto/mcl/batch/batch-co-signer.js';
import type { CoSignRequest } from '../../../crypto/mcl/batch/co-sign-request.js';
import type { BlsEngine } from '../../../crypto/bls0chain/bls-engine.js';
import { MalformedEncodingError } from '../../../crypto/bls0chain/malformed-encoding-error.js';
import type { Sealer } from '../../../crypto/sealing/sealer.js';
import type { SecretBytes } from '../../../crypto/secret-bytes.js';
import { placeOfShare } from '../../domain/place-of-share.js';
import type { CheckPartialJob, CoSignJob, CurveJob, CurveResult } from '../protocol/curve-job.js';

/** Co-signs a batch: for each request its verified combined signature, or `undefined`. */
export type CoSignBatch = (requests: readonly CoSignRequest[]) => (Uint8Array | undefined)[];

/** How the client keys serve that are kept between the batches. */
export type CountClientKeys = () => ClientKeyCounters | undefined;

/** The curve arithmetic of the signing pipeline, on whatever thread it is put. Synchronous. */
export class CurveWork {
  constructor(
    private readonly engine: BlsEngine,
    private readonly coSignBatch: CoSignBatch,
    private sealer: Sealer,
    /** Since the start; undefined when none are kept. */
    readonly clientKeys: CountClientKeys = () => undefined,
  ) {}

  /** From the next batch on. */
  openWith(sealer: Sealer): void {
    this.sealer = sealer;
  }

  /** One result a job, in their order. Our own partial signatures and the opened shares never leave. */
  perform(jobs: readonly CurveJob[]): CurveResult[] {
    const results = jobs.map((job): CurveResult | undefined =>
      job.kind === 'co-sign' ? undefined : this.checkPartial(job),
    );
    const opened = this.open(jobs, results);
    try {
      const signatures = this.coSignBatch(opened.map(({ job, serverShare }) => ({ ...job, serverShare })));
      for (const [position, { index, job }] of opened.entries()) {
        const signature = signatures[position];
        results[index] = signature === undefined ? this.whyNot(job) : { outcome: 'signed', signature };
      }
    } finally {
      for (const { serverShare } of opened) serverShare.wipe();
    }
    return results.map((result) => result ?? { outcome: 'failed', reason: 'no result' });
  }

  /** The co-sign jobs with their shares opened; a share that does not open is a result already. */
  private open(jobs: readonly CurveJob[], results: (CurveResult | undefined)[]): OpenedJob[] {
    const opened: OpenedJob[] = [];
    for (const [index, job] of jobs.entries()) {
      if (job.kind !== 'co-sign') continue;
      try {
        opened.push({
          index,
          job,
          serverShare: this.sealer.open(job.sealedShare, placeOfShare(job.shareId, job.wallet)),
        });
      } catch (error) {
        const checked = this.checkPartial(job);
        results[index] = checked.outcome === 'users-own' ? { outcome: 'failed', reason: String(error) } : checked;
      }
    }
    return opened;
  }

  /** Either the partial is wrong, or it is right and our own half is not. */
  private whyNot(job: CoSignJob): CurveResult {
    const checked = this.checkPartial(job);
    return checked.outcome === 'users-own'
      ? { outcome: 'failed', reason: 'the combined signature does not verify though the partial does' }
      : checked;
  }

  private checkPartial(job: Omit<CheckPartialJob, 'kind'>): CurveResult {
    const malformed = this.malformed(job);
    if (malformed !== undefined) return malformed;
    try {
      return { outcome: this.engine.verify(job.userKey, job.message, job.userPartial) ? 'users-own' : 'wrong-partial' };
    } catch (error) {
      // A damaged row, then: thrown, it would end the worker and everybody else's requests with it.
      if (error instanceof MalformedEncodingError) return { outcome: 'failed', reason: error.message };
      throw error;
    }
  }

  private malformed({ userPartial }: { readonly userPartial: Uint8Array }): CurveResult | undefined {
    try {
      this.engine.assertSignature(userPartial, 'signature');
      return undefined;
    } catch (error) {
      if (error instanceof MalformedEncodingError) return { outcome: 'malformed-partial', reason: error.reason };
      throw error;
    }
  }
}

interface OpenedJob {
  readonly index: number;
  readonly job: CoSignJob;
  readonly serverShare: SecretBytes;
}
