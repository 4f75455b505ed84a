import type { Actor } from '../../identity/actor.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { SigningKind } from '../../metrics/metrics.js';
import type { RestrictionList } from '../../restrictions/restriction-list.js';
import type { Refusal } from './refusal.js';

/** Somebody asks for the second signature over a message. Everything here is parsed, nothing is proven. */
export interface SigningRequest {
  readonly actor: Actor;
  readonly kind: SigningKind;
  readonly clientId: ClientId;
  /** Either share's public key. */
  readonly publicKey: PublicKeyHex;
  /** What is to be signed: a transaction's hash (32 bytes), or from 1 to 1,024 bytes of anything. */
  readonly message: Uint8Array;
  /** The user's partial signature as it came: 32 bytes of which nothing is known. */
  readonly userPartial: Uint8Array;
  /** What a split key with these restrictions may not sign of this; `undefined` when it may sign it. Pure. */
  readonly objectionOf: (restrictions: RestrictionList) => Refusal | undefined;
}
