import type { Actor } from '../../identity/actor.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { RequestFacts } from '../../restrictions/facts/facts.js';

/** Somebody asks for the second signature over a message. Everything here is parsed, nothing is proven. */
export interface SigningRequest {
  readonly actor: Actor;
  readonly clientId: ClientId;
  /** Either share's public key. */
  readonly publicKey: PublicKeyHex;
  /** What is to be signed: a transaction's hash (32 bytes), or from 1 to 1,024 bytes of anything. */
  readonly message: Uint8Array;
  /** The user's partial signature as it came: 32 bytes of which nothing is known. */
  readonly userPartial: Uint8Array;
  /** What it is, for whoever judges it. */
  readonly facts: RequestFacts;
}
