import { Inject, Injectable } from '@nestjs/common';
import type { TxnVerification } from '../../audit/audit-entry.js';
import { ProvenRefusal } from '../../audit/proven-refusal.js';
import { decisionDigest } from '../../audit/signing-entry.js';
import { unknownSplitKey } from '../../errors/split-key-errors.js';
import { outcomeOf } from '../../metrics/evaluation-metrics.js';
import { Metrics } from '../../metrics/metrics.js';
import type { SigningShare } from '../domain/server-share.js';
import { TXN_VERIFICATION } from '../injection-tokens.js';
import { CoSigner } from './co-signer.js';
import { subjectOf } from './decided-on.js';
import { partyOf } from './fair-places.js';
import { foresee } from './foresee.js';
import type { Foreseen } from './foresee.js';
import { SIGNING_ACTIONS } from './signing-actions.js';
import { SigningAdmission } from './signing-admission.js';
import { wrongPartial } from './signing-errors.js';
import { SigningJournal } from './signing-journal.js';
import type { SigningRequest } from './signing-request.js';
import { SigningTime } from './signing-time.js';
import { SplitKeyRate } from './split-key-rate.js';

/**
 * What the signing pipeline would decide, for whoever holds the user share. Find, verify the partial, and look: our half is
 * not opened, and nothing is signed, counted, marked as used or recorded. Whoever does not hold it hears what they hear
 * when they ask for a signature.
 */
@Injectable()
export class DryRun {
  readonly #hashesAreBelieved: boolean;

  constructor(
    private readonly journal: SigningJournal,
    private readonly coSigner: CoSigner,
    private readonly admission: SigningAdmission,
    private readonly rate: SplitKeyRate,
    private readonly time: SigningTime,
    private readonly metrics: Metrics,
    @Inject(TXN_VERIFICATION) txnVerification: TxnVerification,
  ) {
    this.#hashesAreBelieved = txnVerification === 'trust-hash';
  }

  /**
   * @param read the request, read when it is asked for, so that what is wrong with it is counted too
   *
   * Throws what `foresee` refuses, as a `ProvenRefusal`; `SPLIT_KEY.UNKNOWN`, `SIGNING.PARTIAL_INVALID`,
   * `SIGNING.OVERLOADED`, `SIGNING.INTERRUPTED` and `RATE.LIMITED` as the pipeline does.
   */
  execute(read: () => SigningRequest): Promise<Foreseen> {
    return this.metrics.evaluations.counting('dry_run', outcomeOf, async () => {
      const request = read();
      const found = await this.journal.find(request.clientId, request.publicKey);
      if (found[0] === undefined) throw unknownSplitKey();
      const applicant = { party: partyOf(request.actor), splitKey: found[0].id };
      return this.admission.inPlace(applicant, () => this.foreseeOneOf(found, request));
    });
  }

  private async foreseeOneOf(found: readonly SigningShare[], request: SigningRequest): Promise<Foreseen> {
    for (const share of found) {
      if (await this.coSigner.isUsersOwn(share, request)) return this.foresee(share, request);
    }
    throw wrongPartial();
  }

  private async foresee(share: SigningShare, request: SigningRequest): Promise<Foreseen> {
    const { facts } = request;
    const subject = subjectOf(share, request);
    this.rate.chargeDryRun(share, decisionDigest(subject, SIGNING_ACTIONS[facts.kind], 'dry-run'));
    const { foreseen, refusal } = await this.journal.view(share, (view) =>
      foresee(view, facts, { moment: this.time.now(), hashesAreBelieved: this.#hashesAreBelieved }),
    );
    if (refusal !== undefined) throw new ProvenRefusal(refusal.code, refusal.message, subject);
    return foreseen;
  }
}
