import type { ConfiguredWitness } from '../../config/witness-settings.js';
import { statementsOf } from '../../database/open-transaction.js';
import type { SqliteUnitOfWork } from '../../database/sqlite-unit-of-work.js';
import type { OutboundHttp } from '../../outbound/outbound-http.js';
import type { KeptCheckpoint } from '../log/checkpoint-table.js';
import { planConsistency } from '../tlog/proof-plan.js';
import { encodeVkey } from '../tlog/verifier-key.js';
import { proofFrom } from '../tree/record-tree.js';
import { keepCosignature, largestCosigned } from './cosignature-table.js';
import { WitnessClient } from './witness-client.js';
import type { WitnessVerdict } from './witness-client.js';

/** What a witness has against a checkpoint: that the log has said something else before, or more. */
export interface Contradiction {
  /** How many entries the witness knows of. */
  readonly size: number;
  readonly why: string;
}

/** One of the witnesses, and how it stands to the log. */
export class AskedWitness {
  readonly name: string;
  readonly vkey: string;
  readonly #client: WitnessClient;
  #origin = '';
  /** Of the largest checkpoint that it has cosigned. */
  #size: number | undefined;
  #cosignedAt: number | undefined;
  #contradiction: Contradiction | undefined;
  #trouble: string | undefined;

  constructor(
    witness: ConfiguredWitness,
    http: OutboundHttp,
    private readonly unitOfWork: SqliteUnitOfWork,
    private readonly nowMilliseconds: () => number,
  ) {
    this.name = witness.key.name;
    this.vkey = encodeVkey(witness.key);
    this.#client = new WitnessClient(witness, http);
  }

  /** How many entries it has seen of the log; `undefined` for none yet. */
  get size(): number | undefined {
    return this.#size;
  }

  /** When it cosigned last, in this process; `undefined` for not yet. */
  get cosignedAtMilliseconds(): number | undefined {
    return this.#cosignedAt;
  }

  get contradiction(): Contradiction | undefined {
    return this.#contradiction;
  }

  /** Why it has not cosigned the last one that it was asked to, in words; `undefined` if it has. */
  get objection(): string | undefined {
    if (this.#contradiction !== undefined) return `${this.name} contradicts the log: ${this.#contradiction.why}`;
    return this.#trouble === undefined ? undefined : `${this.name} has not cosigned: ${this.#trouble}`;
  }

  /** Has it cosign a checkpoint that is in the database. False when it had in this process, or does not. */
  async follow(checkpoint: KeptCheckpoint): Promise<boolean> {
    await this.#goOnFrom(checkpoint.origin);
    if (this.#cosignedAt !== undefined && this.#size === checkpoint.size && this.objection === undefined) return false;
    const verdict = await this.#ask(checkpoint);
    this.#contradiction = contradictionIn(verdict, checkpoint);
    this.#trouble = verdict.verdict === 'failed' ? verdict.why : undefined;
    if (verdict.verdict !== 'cosigned') return false;
    const { origin, size } = checkpoint;
    await this.unitOfWork.write(
      (transaction) => {
        keepCosignature({ origin, witness: this.vkey }, { size, line: verdict.line }, statementsOf(transaction));
        return Promise.resolve();
      },
      { lane: 'ordinary', holder: '' },
    );
    this.#size = size;
    this.#cosignedAt = this.nowMilliseconds();
    return true;
  }

  /** A second time if it has cosigned something that we have not heard of, or nothing of what we have. */
  async #ask(checkpoint: KeptCheckpoint): Promise<WitnessVerdict & { readonly oldSize: number }> {
    const first = await this.#askFrom(Math.min(this.#size ?? 0, checkpoint.size), checkpoint);
    if (first.verdict !== 'knows another size' || first.size > checkpoint.size) return first;
    return this.#askFrom(first.size, checkpoint);
  }

  async #askFrom(
    oldSize: number,
    { size, note }: KeptCheckpoint,
  ): Promise<WitnessVerdict & { readonly oldSize: number }> {
    const proof = await this.unitOfWork.readAtOnce((statements) =>
      proofFrom(planConsistency(oldSize, size), statements),
    );
    return { ...(await this.#client.ask({ oldSize, proof, checkpoint: note })), oldSize };
  }

  async #goOnFrom(origin: string): Promise<void> {
    if (this.#origin === origin) return;
    this.#size = await this.unitOfWork.readAtOnce((statements) =>
      largestCosigned({ origin, witness: this.vkey }, statements),
    );
    this.#origin = origin;
  }
}

function contradictionIn(
  verdict: WitnessVerdict & { readonly oldSize: number },
  { size }: KeptCheckpoint,
): Contradiction | undefined {
  if (verdict.verdict === 'contradicts') return { size: verdict.oldSize, why: verdict.why };
  if (verdict.verdict !== 'knows another size' || verdict.size <= size) return undefined;
  return { size: verdict.size, why: `it has cosigned ${verdict.size} entries, more than there are` };
}
