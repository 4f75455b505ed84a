import { Injectable } from '@nestjs/common';
import type { AuditSubject } from '../../audit/audit-entry.js';
import { ProvenRefusal } from '../../audit/proven-refusal.js';
import { Clock } from '../../clock/clock.js';
import { encodeHex } from '../../crypto/bls0chain/codec.js';
import { DomainError } from '../../errors/domain-error.js';
import { unknownServerShare } from '../domain/server-share.js';
import type { SigningShare } from '../domain/server-share.js';
import { CoSigner } from './co-signer.js';
import { judge } from './judge.js';
import type { Refusal } from './judge.js';
import { SigningJournal } from './signing-journal.js';
import { SigningLedger } from './signing-ledger.js';
import type { SigningRequest } from './signing-request.js';

/**
 * The signing pipeline, the same for messages and transactions. Keep the order: find, refuse early, compute and
 * verify, then decide on current state, count and record in one transaction, and only then answer.
 *
 * Nobody is authenticated before the partial signature has verified. So a refusal is told, and recorded, only to
 * somebody whose partial verifies; to anybody else every refusal is the same "does not verify", which says nothing
 * about the split key's state or the server's half.
 */
@Injectable()
export class SignWithBothHalves {
  constructor(
    private readonly journal: SigningJournal,
    private readonly coSigner: CoSigner,
    private readonly ledger: SigningLedger,
    private readonly clock: Clock,
  ) {}

  /**
   * The combined signature (32 bytes), verified, decided and recorded.
   *
   * Throws `SPLIT_KEY.UNKNOWN` and `SIGNING.PARTIAL_INVALID` of strangers; a `ProvenRefusal` with the judge's
   * code, or `SIGNING.FAILED`, of whoever holds the user share.
   */
  async execute(request: SigningRequest): Promise<Uint8Array> {
    const found = await this.find(request);
    if (found === undefined) {
      // A malformed field is named first, whether the split key exists or not.
      await this.coSigner.assertPoint(request);
      throw unknownServerShare();
    }
    const early = judge(found, request.facts, this.clock.nowSeconds());
    if (early !== undefined) return this.refuse(early, found, request);
    const combined = await this.combine(found, request);
    const subject = subjectOf(found, request);
    const refusal = await this.ledger.decide(found.id, subject, request);
    if (refusal !== undefined) throw new ProvenRefusal(refusal.code, refusal.message, subject);
    return combined;
  }

  private async find(request: SigningRequest): Promise<SigningShare | undefined> {
    const [first, second] = await this.journal.find(request.clientId, request.publicKey);
    // Where a key names two, the partial signature tells which is meant.
    return second !== undefined && (await this.coSigner.isUsersOwn(second, request)) ? second : first;
  }

  private async combine(found: SigningShare, request: SigningRequest): Promise<Uint8Array> {
    const result = await this.coSigner.combine(found, request);
    switch (result.outcome) {
      case 'signed':
        return result.signature;
      case 'wrong-partial':
        throw wrongPartial();
      case 'failed': {
        const cause = new Error(result.reason);
        const message = 'the signature could not be made; nothing was signed';
        throw new ProvenRefusal('SIGNING.FAILED', message, subjectOf(found, request), { cause });
      }
    }
  }

  private async refuse(refusal: Refusal, found: SigningShare, request: SigningRequest): Promise<never> {
    if (!(await this.coSigner.isUsersOwn(found, request))) throw wrongPartial();
    throw new ProvenRefusal(refusal.code, refusal.message, subjectOf(found, request));
  }
}

function wrongPartial(): DomainError {
  return new DomainError('SIGNING.PARTIAL_INVALID', 'signature: is not a valid partial signature over this hash', {
    field: 'signature',
  });
}

function subjectOf(share: SigningShare, { message }: SigningRequest): AuditSubject {
  return { clientId: share.clientId, publicKeyHex: share.userPublicKeyHex, signedHashHex: encodeHex(message) };
}
