declare const clientIdBrand: unique symbol;
declare const publicKeyBrand: unique symbol;

/** sha3-256 of a wallet's client key: 64 lower-case hexadecimal characters. */
export type ClientId = string & { readonly [clientIdBrand]: true };

/**
 * The name of a public key: 128 lower-case hexadecimal characters. Says nothing of whether they decode to a
 * point; where that matters the key is decoded with the engine.
 */
export type PublicKeyHex = string & { readonly [publicKeyBrand]: true };

const CLIENT_ID = /^[0-9a-f]{64}$/i;
const PUBLIC_KEY = /^[0-9a-f]{128}$/i;

/** Either letter case in, lower case out; `undefined` when it is not 64 hexadecimal characters. */
export function parseClientId(text: string): ClientId | undefined {
  return CLIENT_ID.test(text) ? (text.toLowerCase() as ClientId) : undefined;
}

/** Either letter case in, lower case out; `undefined` when it is not 128 hexadecimal characters. */
export function parsePublicKeyName(text: string): PublicKeyHex | undefined {
  return PUBLIC_KEY.test(text) ? (text.toLowerCase() as PublicKeyHex) : undefined;
}
