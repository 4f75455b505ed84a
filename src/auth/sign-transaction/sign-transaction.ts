import { Injectable } from '@nestjs/common';
import type { Actor } from '../../identity/actor.js';
import type { TrustedTransaction } from '../../chain/transaction.js';
import type { PublicKeyHex } from '../../crypto/key-names.js';
import { SignWithBothHalves } from '../signing/sign-with-both-halves.js';
import type { CombinedSignature } from '../signing/sign-with-both-halves.js';
import type { SigningRequest } from '../signing/signing-request.js';

/** A transaction as it came, its hash as the message, and what decides whether it is signed. */
export interface TransactionToSign extends Pick<SigningRequest, 'clientId' | 'message' | 'userPartial' | 'facts'> {
  readonly transaction: TrustedTransaction;
}

@Injectable()
export class SignTransaction {
  constructor(private readonly bothHalves: SignWithBothHalves) {}

  /** The combined signature, and evidence of its entry in the record. Throws as the pipeline does. */
  execute(actor: Actor, publicKey: PublicKeyHex, asked: TransactionToSign): Promise<CombinedSignature> {
    const { clientId, message, userPartial, facts } = asked;
    return this.bothHalves.execute({ actor, clientId, publicKey, message, userPartial, facts });
  }
}
