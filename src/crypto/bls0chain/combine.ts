import { timingSafeEqual } from 'node:crypto';

import type { BlsEngine } from './bls-engine.js';
import { IdentityResultError } from './identity-result-error.js';

/** Two partial signatures over one message, and the client key that their sum must verify against. */
export interface PartialSignatures {
  readonly clientKey: Uint8Array;
  readonly message: Uint8Array;
  readonly userPartial: Uint8Array;
  readonly serverPartial: Uint8Array;
}

/**
 * The combined signature, a threshold signature of two out of two, or `undefined` unless it verifies against the client
 * key: the one check that proves the user's partial, the server's and our arithmetic at once. Nothing else may be
 * released. Throws `MalformedEncodingError` for bytes that no decoder would have accepted.
 */
export function combineVerified(engine: BlsEngine, partials: PartialSignatures): Uint8Array | undefined {
  const combined = unlessCancelled(() => engine.addSignatures(partials.userPartial, partials.serverPartial));
  if (combined === undefined) return undefined;
  return engine.verify(partials.clientKey, partials.message, combined) ? combined : undefined;
}

/**
 * Whether two shares' public keys belong to a client key (their sum is the key). Throws `MalformedEncodingError` for
 * bytes that no decoder would have accepted.
 */
export function sharesMakeClientKey(
  engine: BlsEngine,
  shareKeys: readonly [Uint8Array, Uint8Array],
  clientKey: Uint8Array,
): boolean {
  engine.assertPublicKey(clientKey, 'client key');
  const sum = unlessCancelled(() => engine.addPublicKeys(...shareKeys));
  return sum !== undefined && timingSafeEqual(sum, clientKey);
}

function unlessCancelled(add: () => Uint8Array): Uint8Array | undefined {
  try {
    return add();
  } catch (error) {
    if (error instanceof IdentityResultError) return undefined;
    throw error;
  }
}
