import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit-trail.js';
import type { AuditSubject } from '../../audit/audit-entry.js';
import { ProvenRefusal } from '../../audit/proven-refusal.js';
import { Clock } from '../../clock/clock.js';
import { encodeHex } from '../../crypto/bls0chain/codec.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DomainError } from '../../errors/domain-error.js';
import { unknownServerShare } from '../domain/server-share.js';
import { ServerShareRepository } from '../persistence/server-share.repository.js';
import type { SealedServerShare } from '../persistence/server-share.repository.js';
import { CoSigner } from './co-signer.js';
import { judge } from './judge.js';
import type { Refusal } from './refusal.js';
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
    private readonly unitOfWork: UnitOfWork,
    private readonly shares: ServerShareRepository,
    private readonly coSigner: CoSigner,
    private readonly audit: AuditTrail,
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
    if (found === undefined) throw unknownServerShare();
    const early = judge(found.share, request, this.clock.nowSeconds());
    if (early !== undefined) return this.refuse(early, found, request);
    const combined = await this.combine(found, request);
    await this.decideAndRecord(found, request);
    return combined;
  }

  private async find(request: SigningRequest): Promise<SealedServerShare | undefined> {
    const [first, second] = await this.unitOfWork.read((transaction) =>
      this.shares.findForSigning(request.clientId, request.publicKey, transaction),
    );
    // Where a key names two, the partial signature tells which is meant.
    return second !== undefined && (await this.coSigner.isUsersOwn(second, request)) ? second : first;
  }

  private async combine(found: SealedServerShare, request: SigningRequest): Promise<Uint8Array> {
    let cause: unknown;
    try {
      const combined = await this.coSigner.combine(found, request);
      if (combined !== undefined) return combined;
    } catch (error) {
      cause = error;
    }
    // Either the partial is wrong, or it is right and our own half is not.
    const failure: Refusal = { code: 'SIGNING.FAILED', message: 'the signature could not be made; nothing was signed' };
    return this.refuse(failure, found, request, cause);
  }

  private async decideAndRecord(found: SealedServerShare, request: SigningRequest): Promise<void> {
    const subject = subjectOf(found, request);
    const refusal = await this.unitOfWork.write(async (transaction) => {
      const current = await this.shares.findById(found.share.id, transaction);
      if (current === undefined) return { code: 'SPLIT_KEY.UNKNOWN', message: 'unknown split key' } as const;
      const objection = judge(current, request, this.clock.nowSeconds());
      if (objection !== undefined) return objection;
      await this.shares.markUsed(current.id, this.clock.nowSeconds(), transaction);
      await this.audit.approve(request.actor, `sign-${request.kind}`, subject, transaction);
      return undefined;
    });
    if (refusal !== undefined) throw new ProvenRefusal(refusal.code, refusal.message, subject);
  }

  private async refuse(
    refusal: Refusal,
    found: SealedServerShare,
    request: SigningRequest,
    cause?: unknown,
  ): Promise<never> {
    if (await this.coSigner.isUsersOwn(found, request)) {
      throw new ProvenRefusal(refusal.code, refusal.message, subjectOf(found, request), { cause });
    }
    throw new DomainError('SIGNING.PARTIAL_INVALID', 'signature: is not a valid partial signature over this hash', {
      field: 'signature',
      cause,
    });
  }
}

function subjectOf({ share }: SealedServerShare, { hash }: SigningRequest): AuditSubject {
  return { clientId: share.clientId, publicKeyHex: share.userPublicKeyHex, signedHashHex: encodeHex(hash) };
}
