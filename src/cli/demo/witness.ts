import type { BlsEngine } from '../../crypto/bls0chain/bls-engine.js';
import { decodeMessage, decodePublicKey, decodeSignature } from '../../crypto/bls0chain/codec.js';

/** Whether a signature is the key's, by the word of an engine that made no part of it; all hexadecimal. */
export type Verifies = (publicKeyHex: string, messageHex: string, signatureHex: string) => boolean;

export function verifierOf(engine: BlsEngine): Verifies {
  return (publicKeyHex, messageHex, signatureHex) =>
    engine.verify(
      decodePublicKey(engine, publicKeyHex, 'public key'),
      decodeMessage(messageHex, 'message'),
      decodeSignature(engine, signatureHex, 'signature'),
    );
}
