import type { SecretBytes } from '../secret-bytes.js';
import type { BlsEngine } from './bls-engine.js';
import { generateSecretKey } from './generate-secret-key.js';
import { systemRandomBytes } from '../random-bytes.js';
import type { RandomBytes } from '../random-bytes.js';

/** The two halves of a split key: userShare + serverShare = primary mod r. Neither is zero. */
export interface SplitShares {
  readonly userShare: SecretBytes;
  readonly serverShare: SecretBytes;
}

/**
 * Splits a primary secret by additive secret sharing, two of two: the user share is drawn uniformly, the server share
 * is what is left, so either alone says nothing about the primary. The caller wipes all three. Throws
 * `IdentityResultError` if the user share happens to be the primary itself (then the server share would be zero:
 * 2^-254, or a broken random source), and `MalformedEncodingError` for a primary that is no secret key.
 */
export function splitSecretKey(
  engine: BlsEngine,
  primary: SecretBytes,
  random: RandomBytes = systemRandomBytes,
): SplitShares {
  const userShare = generateSecretKey(random);
  try {
    return { userShare, serverShare: engine.subtractSecrets(primary, userShare) };
  } catch (error) {
    userShare.wipe();
    throw error;
  }
}
