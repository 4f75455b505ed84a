import { Injectable } from '@nestjs/common';
import type { SigningSubject } from '../../audit/signing-entry.js';
import { Metrics } from '../../metrics/metrics.js';
import type { Refusal } from './refusal.js';
import { SigningJournal } from './signing-journal.js';
import type { PendingSignature } from './signing-journal.js';
import type { SigningRequest } from './signing-request.js';

/**
 * Signatures that are decided in one transaction at most. The unit of work of SQLite groups too, up to as many writes in
 * one commit, and a whole group of these is one of them. So it is this grouping that decides how many signatures share
 * an fsync, on whatever engine; the other is for everything else that is written.
 */
const MOST_PER_TRANSACTION = 64;

interface Waiting extends PendingSignature {
  readonly resolve: (refusal: Refusal | undefined) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Where a signature is decided for good. All that wait at one moment are decided in one transaction, on the state that
 * it sees, and each approval is recorded in it: durability costs one fsync for all of them (a group commit).
 */
@Injectable()
export class SigningLedger {
  #waiting: Waiting[] = [];
  /** Whether a transaction has been called for and has not started. */
  #isCalled = false;

  constructor(
    private readonly journal: SigningJournal,
    private readonly metrics: Metrics,
  ) {}

  /**
   * `undefined` when it was approved and recorded, and is durable; else why not. Rejects, for all that were decided
   * together, when the database or the record fails: then none is approved.
   */
  decide(shareId: string, subject: SigningSubject, request: SigningRequest): Promise<Refusal | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ shareId, subject, request, resolve, reject });
      this.#callForTransaction();
    });
  }

  /** Whoever comes before the called transaction starts goes along. */
  #callForTransaction(): void {
    if (this.#isCalled || this.#waiting.length === 0) return;
    this.#isCalled = true;
    const calledAt = performance.now();
    let taken: readonly Waiting[] | undefined;
    this.journal
      .decide(() => {
        this.#isCalled = false;
        taken = this.#waiting.splice(0, MOST_PER_TRANSACTION);
        return taken;
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
  #abandonCall(): readonly Waiting[] {
    this.#isCalled = false;
    return this.#waiting.splice(0);
  }
}
