import blsWasm from 'bls-wasm';
import type { ForeignSplitKey } from './foreign-split-key.js';
import { randomSecretKey } from './foreign-split-key.js';
import { sha3, walletClient } from './wallet-client.js';

interface WrongPartial {
  readonly what: string;
  readonly of: (key: ForeignSplitKey, hash: string) => Promise<string>;
}

/** Points of the curve that are not the user's partial signature over the hash. */
export const WRONG_PARTIALS: readonly WrongPartial[] = [
  { what: 'over another message', of: (key) => signed(key.userShare, sha3('another message')) },
  { what: "another key's", of: (_, hash) => signed(randomSecretKey(), hash) },
  { what: 'negated', of: async (key, hash) => negated(await signed(key.userShare, hash)) },
  { what: "the server's own", of: (key, hash) => signed(key.serverShare, hash) },
  { what: 'the combined signature', of: (key, hash) => signed(key.masterKey, hash) },
  { what: 'the combined signature negated', of: async (key, hash) => negated(await signed(key.masterKey, hash)) },
  { what: "the server's own negated", of: async (key, hash) => negated(await signed(key.serverShare, hash)) },
];

/** Texts that are no signature at all. */
export const NO_SIGNATURES: readonly { readonly what: string; readonly text: () => string }[] = [
  { what: 'the identity', text: () => '00'.repeat(32) },
  { what: 'an x without a point', text: offCurve },
  { what: 'an x beyond the field', text: () => `${'ff'.repeat(31)}7f` },
  { what: 'too short', text: () => '01'.repeat(31) },
  { what: 'not hexadecimal', text: () => 'zz'.repeat(32) },
  { what: '0x before it', text: () => `0x${'01'.repeat(31)}` },
];

/** The same x, the other y: mcl keeps the oddness of y in the top bit of the last byte. */
export function negated(signatureHex: string): string {
  const bytes = Buffer.from(signatureHex, 'hex');
  bytes.writeUInt8(bytes.readUInt8(31) ^ 0x80, 31);
  return bytes.toString('hex');
}

async function signed(secretKeyHex: string, hash: string): Promise<string> {
  return (await walletClient()).sign(secretKeyHex, hash);
}

/** The smallest x that bls-wasm finds no y for. */
function offCurve(): string {
  for (let x = 1; x < 100; x++) {
    const text = Buffer.from([x]).toString('hex').padEnd(64, '0');
    try {
      blsWasm.deserializeHexStrToSignature(text);
    } catch {
      return text;
    }
  }
  throw new Error('every x has a point');
}
