import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../../identity/actor.js';
import type { TxnVerification } from '../../audit/audit-entry.js';
import { decodeHash, decodeSignatureBytes, encodeHex } from '../../crypto/bls0chain/codec.js';
import type { PublicKeyHex } from '../../crypto/key-names.js';
import { parseClientIdField } from '../../wire/named-inputs.js';
import type { TrustedTransaction } from '../../chain/transaction.js';
import { TXN_VERIFICATION } from '../injection-tokens.js';
import { SignWithBothHalves } from '../signing/sign-with-both-halves.js';
import { readTransaction } from './read-transaction.js';

/** The transaction as it came and the signature that makes it valid. */
export interface SignedTransaction {
  readonly transaction: TrustedTransaction;
  /** The combined signature, 64 hexadecimal characters. */
  readonly signatureHex: string;
}

@Injectable()
export class SignTransaction {
  constructor(
    private readonly bothHalves: SignWithBothHalves,
    @Inject(TXN_VERIFICATION) private readonly txnVerification: TxnVerification,
  ) {}

  /** @param text the request's body. Throws as the pipeline does, and for malformed fields. */
  async execute(actor: Actor, publicKey: PublicKeyHex, text: string): Promise<SignedTransaction> {
    const read = readTransaction(text, this.txnVerification);
    const combined = await this.bothHalves.execute({
      actor,
      clientId: parseClientIdField(read.transaction.clientId, 'client_id'),
      publicKey,
      message: decodeHash(read.transaction.hash, 'hash'),
      userPartial: decodeSignatureBytes(read.signatureHex, 'signature'),
      facts: read.facts,
    });
    return { transaction: read.transaction, signatureHex: encodeHex(combined) };
  }
}
