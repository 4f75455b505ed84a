// bls-wasm ships no types for its main entry; these are the calls that the tests make.
declare module 'bls-wasm' {
  interface Signature {
    serializeToHexStr(): string;
  }
  interface PublicKey {
    serializeToHexStr(): string;
    verify(signature: Signature, message: Uint8Array): boolean;
    add(other: PublicKey): void;
  }
  interface SecretKey {
    sign(message: Uint8Array): Signature;
    getPublicKey(): PublicKey;
    serializeToHexStr(): string;
    add(other: SecretKey): void;
  }
  const blsWasm: {
    readonly BN254: number;
    init(curve: number): Promise<void>;
    deserializeHexStrToSecretKey(hex: string): SecretKey;
    deserializeHexStrToPublicKey(hex: string): PublicKey;
    deserializeHexStrToSignature(hex: string): Signature;
  };
  export default blsWasm;
}
