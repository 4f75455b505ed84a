import { createHash } from 'node:crypto';
import blsWasm from 'bls-wasm';

/**
 * What a wallet does on its own side, with an implementation that is not ours (npm bls-wasm, by herumi): it signs
 * with the user share and checks what comes back.
 */
export interface WalletClient {
  /** The partial signature of a secret key (64 hex) over a hash (64 hex), 64 hex. */
  sign(secretKeyHex: string, hashHex: string): string;
  /** Whether a signature is the public key's over the hash. */
  verify(publicKeyHex: string, hashHex: string, signatureHex: string): boolean;
  publicKeyOf(secretKeyHex: string): string;
}

let isReady: Promise<void> | undefined;

export async function walletClient(): Promise<WalletClient> {
  isReady ??= blsWasm.init(blsWasm.BN254);
  await isReady;
  return {
    sign: (secretKeyHex, hashHex) =>
      blsWasm.deserializeHexStrToSecretKey(secretKeyHex).sign(bytes(hashHex)).serializeToHexStr(),
    verify: (publicKeyHex, hashHex, signatureHex) =>
      blsWasm
        .deserializeHexStrToPublicKey(publicKeyHex)
        .verify(blsWasm.deserializeHexStrToSignature(signatureHex), bytes(hashHex)),
    publicKeyOf: (secretKeyHex) =>
      blsWasm.deserializeHexStrToSecretKey(secretKeyHex).getPublicKey().serializeToHexStr(),
  };
}

/** sha3-256 as 64 hex, of text or bytes. */
export function sha3(data: string | Uint8Array): string {
  return createHash('sha3-256').update(data).digest('hex');
}

function bytes(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, 'hex'));
}
