import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit-trail.js';
import type { AuditSubject } from '../../audit/audit-entry.js';
import { Clock } from '../../clock/clock.js';
import type { Transaction } from '../../database/transaction.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Metrics } from '../../metrics/metrics.js';
import { SigningShareRepository } from '../persistence/signing-share.repository.js';
import { judge } from './judge.js';
import type { Refusal } from './refusal.js';
import type { SigningRequest } from './signing-request.js';

/** Signatures that are decided in one transaction at most. */
const MOST_PER_TRANSACTION = 64;

interface PendingDecision {
  readonly shareId: string;
  readonly subject: AuditSubject;
  readonly request: SigningRequest;
  readonly resolve: (refusal: Refusal | undefined) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Where a signature is decided for good. All that wait at one moment are decided in one transaction, on the state that
 * it sees, and each approval is recorded in it: durability costs one fsync for all of them (a group commit).
 */
@Injectable()
export class SigningLedger {
  #pending: PendingDecision[] = [];
  /** Whether a transaction has been called for and has not started. */
  #isCalled = false;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly shares: SigningShareRepository,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /**
   * `undefined` when it was approved and recorded, and is durable; else why not. Rejects, for all that were decided
   * together, when the database or the record fails: then none is approved.
   */
  decide(shareId: string, subject: AuditSubject, request: SigningRequest): Promise<Refusal | undefined> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ shareId, subject, request, resolve, reject });
      this.#callForTransaction();
    });
  }

  /** Whoever comes before the called transaction starts goes along. */
  #callForTransaction(): void {
    if (this.#isCalled || this.#pending.length === 0) return;
    this.#isCalled = true;
    const calledAt = performance.now();
    let taken: readonly PendingDecision[] | undefined;
    this.unitOfWork
      .writeAtOnce((transaction) => {
        this.#isCalled = false;
        taken = this.#pending.splice(0, MOST_PER_TRANSACTION);
        return taken.map((one) => this.#decideOne(one, transaction));
      })
      .then(
        (refusals) => {
          this.metrics.signingPool.groupDecided((performance.now() - calledAt) / 1000);
          for (const [index, { resolve }] of (taken ?? []).entries()) resolve(refusals[index]);
        },
        (error: unknown) => {
          for (const { reject } of taken ?? this.#abandonCall()) reject(error);
        },
      )
      // For those who found no room. Not inside the transaction, where no other can be called for.
      .finally(() => {
        this.#callForTransaction();
      });
  }

  /** All that wait for a transaction which could not even be opened: nobody else would tell them. */
  #abandonCall(): readonly PendingDecision[] {
    this.#isCalled = false;
    return this.#pending.splice(0);
  }

  #decideOne({ shareId, subject, request }: PendingDecision, transaction: Transaction): Refusal | undefined {
    const current = this.shares.standingOf(shareId, transaction);
    if (current === undefined) return { code: 'SPLIT_KEY.UNKNOWN', message: 'unknown split key' };
    const now = this.clock.nowSeconds();
    const objection = judge(current, request, now);
    if (objection !== undefined) return objection;
    if (current.lastUsedAtSeconds !== now) this.shares.markUsed(shareId, now, transaction);
    this.audit.approveAtOnce(request.actor, `sign-${request.kind}`, subject, transaction);
    return undefined;
  }
}
