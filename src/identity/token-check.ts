import type { KeyObject } from 'node:crypto';
import { type CryptoKey, errors, jwtVerify } from 'jose';
import type { SignatureAlgorithm } from '../config/signature-algorithms.js';
import { expiredToken, refusedClaim } from './token-refusals.js';

/** A key for one algorithm, which its source has pinned it to. */
export type VerificationKey = CryptoKey | KeyObject;

/** What a token must say of its origin, where that is configured. */
export interface ExpectedOrigin {
  readonly issuer: string | undefined;
  readonly audience: string | undefined;
}

/** How far the issuer's clock may be ahead of ours. It excuses tokens of the near future. */
export const AHEAD_SECONDS = 60;

/**
 * Whether `key` signed a compact token, which then has the expected origin and is not outside its time by more than a
 * minute; the exact times are `readUser`'s part. `false`: another key may be tried.
 *
 * Throws `TOKEN.EXPIRED` or `TOKEN.INVALID` for a token that the key has signed but that is refused by its claims.
 *
 * @param nowSeconds Unix time
 */
export async function isSignedBy(
  key: VerificationKey,
  algorithm: SignatureAlgorithm,
  token: string,
  { issuer, audience }: ExpectedOrigin,
  nowSeconds: number,
): Promise<boolean> {
  try {
    await jwtVerify(token, key, {
      algorithms: [algorithm],
      currentDate: new Date(nowSeconds * 1000),
      // The library has one tolerance for both ends. This is the one for the beginning, and no less than ours for exp.
      clockTolerance: AHEAD_SECONDS,
      ...(issuer === undefined ? {} : { issuer }),
      ...(audience === undefined ? {} : { audience }),
    });
    return true;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw expiredToken();
    // Claims are looked at after the signature has verified.
    if (error instanceof errors.JWTClaimValidationFailed) throw refusedClaim(error.claim);
    return false;
  }
}
