import type { CheckPartialJob, CoSignJob, CurveResult } from '../../../src/auth/curve-workers/protocol/curve-job.js';
import { placeOfShare } from '../../../src/auth/domain/place-of-share.js';
import { engine, requestOf } from '../../crypto/mcl/batch/co-sign-fixtures.js';
import type { Wallet } from '../../crypto/mcl/batch/co-sign-fixtures.js';
import { sealerOf } from '../../crypto/sealing/sealing-fixtures.js';

export const sealer = sealerOf('auth');

/** Whose share it is, where that does not matter. */
const WALLET = 'owner client';

/** An honest request of the wallet's holder, for a share that is kept in the row `shareId`. */
export function jobOf(wallet: Wallet, shareId = 'a row', ofBytes?: Uint8Array): CoSignJob {
  const { clientKey, message, userPartial } = requestOf(wallet, ofBytes);
  const sealedShare = sealer.seal(wallet.serverShare, placeOfShare(shareId, WALLET));
  return {
    kind: 'co-sign',
    sealedShare,
    shareId,
    wallet: WALLET,
    clientKey,
    userKey: engine.publicKeyOf(wallet.userShare),
    message,
    userPartial,
  };
}

/** Whether the wallet's holder made the partial: a job that needs no share. */
export function checkOf(wallet: Wallet, shareId = 'a row'): CheckPartialJob {
  const { userKey, message, userPartial } = jobOf(wallet);
  return { kind: 'check-partial', shareId, userKey, message, userPartial };
}

/** What the whole key signs: the only right answer. */
export function signedBy({ primary }: Wallet, { message }: CoSignJob): CurveResult {
  return { outcome: 'signed', signature: engine.sign(primary, message) };
}
