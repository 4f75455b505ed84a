import { createHash } from 'node:crypto';
import type { BlsEngine } from '../../crypto/bls0chain/bls-engine.js';
import {
  decodeHash,
  decodePublicKey,
  decodeSecretKey,
  decodeSignature,
  encodeHex,
} from '../../crypto/bls0chain/codec.js';

/** What a wallet does on its own side: it hashes, signs with the user share and checks what comes back. */
export class DemoWallet {
  /** @param engine the one that the server does not use, so that each checks the other */
  constructor(private readonly engine: BlsEngine) {}

  /** The partial signature over a hash; both as 64 hexadecimal characters. */
  sign(userShareHex: string, hashHex: string): string {
    const share = decodeSecretKey(userShareHex, 'user share');
    try {
      return encodeHex(this.engine.sign(share, decodeHash(hashHex, 'hash')));
    } finally {
      share.wipe();
    }
  }

  verifies(publicKeyHex: string, hashHex: string, signatureHex: string): boolean {
    return this.engine.verify(
      decodePublicKey(this.engine, publicKeyHex, 'public key'),
      decodeHash(hashHex, 'hash'),
      decodeSignature(this.engine, signatureHex, 'signature'),
    );
  }
}

/** sha3-256 of a text, 64 hexadecimal characters. */
export function sha3Hex(text: string): string {
  return createHash('sha3-256').update(text, 'utf8').digest('hex');
}

/** A transfer as gosdk sends it, of one ZCN where nothing else is said, with its hash (wire.md section 6). */
export function transferFrom(
  clientId: string,
  clientKey: string,
  { valueSas = 10_000_000_000, nonce = 1 } = {},
): Readonly<Record<string, string | number>> & { hash: string } {
  const fields = {
    version: '1.0',
    client_id: clientId,
    public_key: clientKey,
    to_client_id: sha3Hex('the provider'),
    transaction_data: JSON.stringify({ name: 'transfer', input: { note: 'rent' } }),
    transaction_value: valueSas,
    creation_date: Math.floor(Date.now() / 1000),
    transaction_type: 0,
    transaction_fee: 100_000,
    transaction_nonce: nonce,
  };
  const preimage = [
    fields.creation_date,
    fields.transaction_nonce,
    fields.client_id,
    fields.to_client_id,
    fields.transaction_value,
    sha3Hex(fields.transaction_data),
  ].join(':');
  return { ...fields, hash: sha3Hex(preimage) };
}
