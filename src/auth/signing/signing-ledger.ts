import { Injectable } from '@nestjs/common';
import { EntryEvidence } from '../../audit/entry-evidence.js';
import type { Evidence } from '../../audit/entry-evidence.js';
import type { EarlierEntry } from '../../audit/recorded-entry.js';
import type { SigningSubject } from '../../audit/signing-entry.js';
import { DomainError } from '../../errors/domain-error.js';
import { Metrics } from '../../metrics/metrics.js';
import type { Refusal } from './refusal.js';
import { SigningJournal } from './signing-journal.js';
import type { Decision, PendingSignature } from './signing-journal.js';
import type { SigningRequest } from './signing-request.js';

/**
 * Signatures that are decided in one transaction at most. The unit of work of SQLite groups too, up to as many writes in
 * one commit, and a whole group of these is one of them. So it is this grouping that decides how many signatures share
 * an fsync, on whatever engine; the other is for everything else that is written.
 */
const MOST_PER_TRANSACTION = 64;

/** Why not; or, when it was approved, evidence of that: none where an earlier release had approved it. */
export type Outcome =
  { readonly refusal: Refusal } | { readonly refusal?: undefined; readonly evidence: Evidence | undefined };

interface Waiting extends PendingSignature {
  readonly resolve: (outcome: Outcome) => void;
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
    private readonly evidence: EntryEvidence,
    private readonly metrics: Metrics,
  ) {}

  /**
   * What was decided; an approval is recorded, and durable. Rejects, for all that were decided together, when the
   * database or the record fails: then none is approved. Rejects with `AUDIT.NO_EVIDENCE` when it is approved, but no
   * evidence can be given of it.
   */
  decide(shareId: string, subject: SigningSubject, request: SigningRequest): Promise<Outcome> {
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
        (decisions) => {
          this.metrics.signingPool.groupDecided((performance.now() - calledAt) / 1000);
          void this.#answer(taken ?? [], decisions);
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

  /**
   * After the commit. Refusals are told at once; approvals wait for their evidence, and nobody waits for them here: the next
   * transaction may come first. Never rejects.
   */
  async #answer(waiting: readonly Waiting[], decisions: readonly Decision[]): Promise<void> {
    const approved: Waiting[] = [];
    const entries: EarlierEntry[] = [];
    for (const [index, one] of waiting.entries()) {
      const decision = decisions[index];
      if (decision === undefined) one.reject(new Error('nothing was decided'));
      else if (decision.refusal !== undefined) one.resolve(decision);
      else {
        approved.push(one);
        entries.push(decision.entry);
      }
    }
    const evidence = await this.evidence.of(entries);
    for (const [index, { resolve, reject }] of approved.entries()) {
      const given = evidence[index];
      if (given instanceof DomainError) reject(given);
      else resolve({ evidence: given });
    }
  }

  /** All that wait for a transaction which could not even be opened: nobody else would tell them. */
  #abandonCall(): readonly Waiting[] {
    this.#isCalled = false;
    return this.#waiting.splice(0);
  }
}
