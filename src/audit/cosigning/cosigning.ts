import type { LoggerService } from '@nestjs/common';
import type { Clock } from '../../clock/clock.js';
import type { WitnessesConfiguration } from '../../config/configuration.js';
import type { SqliteUnitOfWork } from '../../database/sqlite-unit-of-work.js';
import { DomainError } from '../../errors/domain-error.js';
import { StartError } from '../../errors/start-error.js';
import { OutboundHttp } from '../../outbound/outbound-http.js';
import type { Objection } from '../../readiness/readiness.js';
import { oldestBehind } from '../log/checkpoint-table.js';
import type { KeptCheckpoint } from '../log/checkpoint-table.js';
import { AskedWitness } from './asked-witness.js';
import { withCosignatures } from './cosignature-table.js';

/** Of a witness's answer: a signature has some hundred bytes. */
const LIMITS = { milliseconds: 5_000, bytes: 16_384 };

/** How long entries may wait to be witnessed: a witness may be started anew meanwhile. */
const LEAST_SECONDS = 60;
const INTERVALS = 3;

/**
 * Has witnesses cosign the checkpoints of the record (C2SP tlog-witness): they let none pass that takes back another, so
 * whoever sets the whole machine back, or shows two records, is contradicted by somebody whom they do not hold.
 */
export class Cosigning {
  readonly witnesses: readonly AskedWitness[];
  readonly #http: OutboundHttp;
  readonly #limitSeconds: number;
  readonly #told = new Map<AskedWitness, string>();
  /** When the oldest entry was recorded that too few have seen, as far as it was looked. */
  #waitingSince: number | undefined;
  #isFollowing = false;
  #isClosed = false;

  constructor(
    private readonly configured: WitnessesConfiguration & { readonly everySeconds: number },
    private readonly unitOfWork: SqliteUnitOfWork,
    private readonly clock: Clock,
    private readonly logger: Pick<LoggerService, 'error'>,
  ) {
    this.#http = new OutboundHttp(configured, LIMITS);
    this.#limitSeconds = Math.max(LEAST_SECONDS, INTERVALS * configured.everySeconds);
    const now = (): number => clock.nowMilliseconds();
    this.witnesses = configured.witnesses.map((witness) => new AskedWitness(witness, this.#http, unitOfWork, now));
  }

  /**
   * Throws `AUDIT.NOT_WITNESSED` where witnesses are required and too few have seen the record, since the start and of
   * late, or one of them contradicts it. It costs no look into the database.
   */
  demand(): void {
    if (!this.configured.areRequired) return;
    const answered = this.witnesses.filter(({ cosignedAtMilliseconds }) => cosignedAtMilliseconds !== undefined).length;
    const isContradicted = this.witnesses.some(({ contradiction }) => contradiction !== undefined);
    if (!isContradicted && answered >= this.configured.quorum && !this.#isLate()) return;
    throw new DomainError('AUDIT.NOT_WITNESSED', 'nothing is signed while the witnesses do not see the record');
  }

  /** What is wrong with the witnesses, or with how far they have seen the record. */
  objection(): Objection {
    const late = `entries have waited to be witnessed for longer than ${this.#limitSeconds} seconds`;
    const objections = [
      ...this.witnesses.flatMap(({ objection }) => (objection === undefined ? [] : [objection])),
      ...(this.#isLate() ? [late] : []),
    ];
    return objections.length === 0 ? undefined : objections.join('; ');
  }

  /**
   * To be called at the start, before anything new is signed, with the newest checkpoint. Rejects with `StartError` when
   * a witness has seen more of the log, or something else. One that does not answer keeps nobody from starting.
   */
  async refuseRollback(newest: KeptCheckpoint): Promise<void> {
    await this.follow(newest);
    for (const { name, contradiction } of this.witnesses) {
      if (contradiction === undefined) continue;
      const { why, size } = contradiction;
      throw new StartError(
        `the witness ${name} in AUDIT_WITNESS_URLS contradicts the database: ${why}: restore the newest copy; if that is ` +
          `lost, what was revoked or restricted since then signs again, and npm run accept-rollback -- ${size} says so ` +
          'in the record',
      );
    }
  }

  /**
   * Asks all at once to cosign a checkpoint that is in the database. Never rejects: who does not answer is asked at the
   * next call.
   *
   * @returns the checkpoint with all cosignatures when it has more than before; `undefined` also while another call lasts
   */
  async follow(checkpoint: KeptCheckpoint): Promise<KeptCheckpoint | undefined> {
    if (this.witnesses.length === 0 || this.#isFollowing || this.#isClosed) return undefined;
    this.#isFollowing = true;
    try {
      const gained = await Promise.all(this.witnesses.map((witness) => this.#followBy(witness, checkpoint)));
      await this.#look();
      return gained.includes(true) ? await this.cosigned(checkpoint) : undefined;
    } catch (error) {
      this.logger.error('witnesses could not be asked', error);
      return undefined;
    } finally {
      this.#isFollowing = false;
    }
  }

  /** The checkpoint with what the witnesses have signed of it. */
  cosigned(checkpoint: KeptCheckpoint): Promise<KeptCheckpoint> {
    const vkeys = this.witnesses.map(({ vkey }) => vkey);
    return this.unitOfWork.readAtOnce((statements) => withCosignatures(checkpoint, vkeys, statements));
  }

  /** Ends what is under way, and asks nobody any more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#http.close();
  }

  async #followBy(witness: AskedWitness, checkpoint: KeptCheckpoint): Promise<boolean> {
    const hasGained = await witness.follow(checkpoint);
    const { objection } = witness;
    if (objection !== undefined && objection !== this.#told.get(witness) && !this.#isClosed)
      this.logger.error(objection);
    this.#told.set(witness, objection ?? '');
    return hasGained;
  }

  async #look(): Promise<void> {
    const sizes = this.witnesses.map(({ size }) => size ?? 0).sort((one, other) => other - one);
    const seen = sizes[this.configured.quorum - 1] ?? 0;
    this.#waitingSince = await this.unitOfWork.readAtOnce((statements) => oldestBehind(seen, statements));
  }

  #isLate(): boolean {
    const since = this.#waitingSince;
    return since !== undefined && this.clock.nowMilliseconds() - since > this.#limitSeconds * 1000;
  }
}
