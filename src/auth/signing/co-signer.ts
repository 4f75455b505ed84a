import { Injectable } from '@nestjs/common';
import { MalformedEncodingError } from '../../crypto/bls0chain/malformed-encoding-error.js';
import type { CurveResult } from '../curve-workers/protocol/curve-job.js';
import { CurveWorkers } from '../curve-workers/curve-workers.js';
import { nameOfWallet } from '../domain/place-of-share.js';
import type { SigningShare } from '../domain/server-share.js';
import { partyOf } from './fair-places.js';
import type { SigningRequest } from './signing-request.js';

/** What came of adding our half. */
export type CoSigned =
  | { readonly outcome: 'signed'; readonly signature: Uint8Array }
  | { readonly outcome: 'wrong-partial' }
  | { readonly outcome: 'failed'; readonly reason: string };

/** The curve work of signing requests, off the HTTP thread. Those who share places take turns in it. */
@Injectable()
export class CoSigner {
  constructor(private readonly workers: CurveWorkers) {}

  /**
   * The combined signature, verified against the client key: that one verification proves the user's partial, our
   * share and our arithmetic. Where it does not verify, whose half is at fault.
   *
   * Throws `MalformedEncodingError` for a partial that is no point, and `SIGNING.OVERLOADED` or `.INTERRUPTED`.
   */
  async combine(share: SigningShare, { actor, message, userPartial }: SigningRequest): Promise<CoSigned> {
    const job = {
      kind: 'co-sign',
      sealedShare: share.sealed,
      shareId: share.id,
      wallet: nameOfWallet(share),
      clientKey: bytesOf(share.clientKeyHex),
      userKey: bytesOf(share.userPublicKeyHex),
      message,
      userPartial,
    } as const;
    const result = await this.workers.run(job, partyOf(actor));
    refuseMalformed(result);
    if (result.outcome === 'users-own') {
      return { outcome: 'failed', reason: 'the worker answered another question' };
    }
    return result;
  }

  /** Whether the partial is the user share's: then the sender holds the split key. Throws as {@link combine}. */
  async isUsersOwn(share: SigningShare, { actor, message, userPartial }: SigningRequest): Promise<boolean> {
    const userKey = bytesOf(share.userPublicKeyHex);
    const job = { kind: 'check-partial', shareId: share.id, userKey, message, userPartial } as const;
    const result = await this.workers.run(job, partyOf(actor));
    refuseMalformed(result);
    return result.outcome === 'users-own';
  }
}

function refuseMalformed(
  result: CurveResult,
): asserts result is Exclude<CurveResult, { readonly outcome: 'malformed-partial' }> {
  if (result.outcome === 'malformed-partial') throw new MalformedEncodingError('signature', result.reason);
}

const bytesOf = (hex: string): Uint8Array => Buffer.from(hex, 'hex');
