import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Cosigning } from '../../audit/cosigning/cosigning.js';
import type { Evidence } from '../../audit/entry-evidence.js';
import { ProvenRefusal } from '../../audit/proven-refusal.js';
import { decisionDigest } from '../../audit/signing-entry.js';
import { encodeHex } from '../../crypto/bls0chain/codec.js';
import { unknownSplitKey } from '../../errors/split-key-errors.js';
import type { SigningShare } from '../domain/server-share.js';
import { ServiceSeal } from '../../readiness/service-seal.js';
import { CoSigner } from './co-signer.js';
import { partyOf } from './fair-places.js';
import { decidedOn, subjectOf } from './decided-on.js';
import { judgeEarly } from './judge.js';
import type { Refusal } from './refusal.js';
import { SIGNING_ACTIONS } from './signing-actions.js';
import { SigningAdmission } from './signing-admission.js';
import { wrongPartial } from './signing-errors.js';
import { SigningJournal } from './signing-journal.js';
import { SigningLedger } from './signing-ledger.js';
import type { SigningRequest } from './signing-request.js';
import { SigningTime } from './signing-time.js';
import { SplitKeyRate } from './split-key-rate.js';
import { UnderWay } from './under-way.js';

/** A signature that may be answered. */
export interface CombinedSignature {
  /** 64 hexadecimal characters. */
  readonly signatureHex: string;
  /** Of its entry in the record; absent where an earlier release had approved it. */
  readonly evidence: Evidence | undefined;
}

/**
 * The signing pipeline, the same for messages and transactions. Keep the order: find, refuse early, compute and
 * verify, then decide on current state, count and record in one transaction, and only then answer.
 *
 * Nobody is authenticated before the partial signature has verified. So a refusal is told, and recorded, only to
 * somebody whose partial verifies; to anybody else every refusal is the same "does not verify", which says nothing
 * about the split key's state or the server's half.
 */
@Injectable()
export class SignWithBothHalves implements OnApplicationBootstrap {
  readonly #underWay = new UnderWay();

  constructor(
    private readonly journal: SigningJournal,
    private readonly coSigner: CoSigner,
    private readonly ledger: SigningLedger,
    private readonly admission: SigningAdmission,
    private readonly rate: SplitKeyRate,
    private readonly time: SigningTime,
    private readonly cosigning: Cosigning,
    private readonly seal: ServiceSeal,
  ) {}

  /** Behind the workers, which reject what waits for them: what has begun to be answered is answered. */
  onApplicationBootstrap(): void {
    this.seal.add({ seal: () => this.#underWay.ended(), unseal: () => Promise.resolve() });
  }

  /**
   * The combined signature, verified, decided and recorded.
   *
   * Throws `SPLIT_KEY.UNKNOWN` and `SIGNING.PARTIAL_INVALID` of strangers; a `ProvenRefusal` with the judge's
   * code, or `SIGNING.FAILED`, of whoever holds the user share; `SIGNING.OVERLOADED` when there is no place, and
   * `RATE.LIMITED` when too much is signed with this split key, or refused of it; `AUDIT.NO_EVIDENCE` when it is
   * recorded, and that cannot be shown; `AUDIT.NOT_WITNESSED` of everybody while witnesses are required and do not see the
   * record, and `SERVICE.SEALED`.
   */
  async execute(request: SigningRequest): Promise<CombinedSignature> {
    this.seal.demandOpen();
    this.cosigning.demand();
    const found = await this.journal.find(request.clientId, request.publicKey);
    // One read is all that it costs: no place, and no worker.
    if (found[0] === undefined) throw unknownSplitKey();
    const applicant = { party: partyOf(request.actor), splitKey: found[0].id };
    return this.#underWay.watch(this.admission.inPlace(applicant, () => this.signWithOneOf(found, request)));
  }

  /** Where a key names two, the partial signature tells which is meant; the one whose user key it is goes first. */
  private async signWithOneOf(found: readonly SigningShare[], request: SigningRequest): Promise<CombinedSignature> {
    for (const share of found) {
      const combined = await this.signWith(share, request);
      if (combined !== undefined) return combined;
    }
    throw wrongPartial();
  }

  /** `undefined` when the partial is not this split key's. */
  private async signWith(found: SigningShare, request: SigningRequest): Promise<CombinedSignature | undefined> {
    const early = judgeEarly(found, request.facts, this.time.now());
    if (early !== undefined) return this.refuse(early, found, request);
    const combined = await this.combine(found, request);
    if (combined === undefined) return undefined;
    this.rate.charge(found, request, combined);
    const subject = subjectOf(found, request);
    const outcome = await this.ledger.decide(found.id, subject, request);
    if (outcome.refusal !== undefined) throw this.proven(outcome.refusal, found, request);
    return { signatureHex: encodeHex(combined), evidence: outcome.evidence };
  }

  private async combine(found: SigningShare, request: SigningRequest): Promise<Uint8Array | undefined> {
    const result = await this.coSigner.combine(found, request);
    switch (result.outcome) {
      case 'signed':
        return result.signature;
      case 'wrong-partial':
        return undefined;
      case 'failed': {
        const message = 'the signature could not be made; nothing was signed';
        throw this.proven({ code: 'SIGNING.FAILED', message }, found, request, new Error(result.reason));
      }
    }
  }

  /** Tells the refusal to whoever holds the user share, and to nobody else. */
  private async refuse(refusal: Refusal, found: SigningShare, request: SigningRequest): Promise<undefined> {
    if (!(await this.coSigner.isUsersOwn(found, request))) return undefined;
    throw this.proven(refusal, found, request);
  }

  /** What to tell whoever holds the user share. Throws `RATE.LIMITED` instead when they are told too much. */
  private proven(
    { code, message, rule, by }: Refusal,
    found: SigningShare,
    request: SigningRequest,
    cause?: Error,
  ): ProvenRefusal {
    const subject = { ...subjectOf(found, request), facts: decidedOn(request.facts, by ?? found, rule) };
    this.rate.chargeRefusal(found, decisionDigest(subject, SIGNING_ACTIONS[request.facts.kind], code));
    return new ProvenRefusal(code, message, subject, {
      ...(rule === undefined ? {} : { rule }),
      ...(cause === undefined ? {} : { cause }),
    });
  }
}
