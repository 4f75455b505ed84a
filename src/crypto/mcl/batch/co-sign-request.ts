import type { SecretBytes } from '../../secret-bytes.js';

/** What a user asks to have co-signed, with the server's half of the split key. All in mcl's serialisation. */
export interface CoSignRequest {
  /** The whole secret's public key (a compressed point of G2, 64 bytes): the combined signature's judge. */
  readonly clientKey: Uint8Array;
  /** What is signed: from 1 to 1,024 bytes, 32 for a transaction's hash. */
  readonly message: Uint8Array;
  /** The user's partial signature, a compressed point of G1 (32 bytes); nobody has checked it yet. */
  readonly userPartial: Uint8Array;
  /** The server share. It stays the caller's, who wipes it after the answer. */
  readonly serverShare: SecretBytes;
}
