import { Injectable } from '@nestjs/common';
import type { Actor } from '../../identity/actor.js';
import type { PublicKeyHex } from '../../crypto/key-names.js';
import { SignWithBothHalves } from '../signing/sign-with-both-halves.js';
import type { CombinedSignature } from '../signing/sign-with-both-halves.js';
import type { SigningRequest } from '../signing/signing-request.js';

/** A message of any kind, and what decides whether it is signed: of most nobody knows what they say. */
export type MessageToSign = Pick<SigningRequest, 'clientId' | 'message' | 'userPartial' | 'facts'>;

@Injectable()
export class SignMessage {
  constructor(private readonly bothHalves: SignWithBothHalves) {}

  /** The combined signature, and evidence of its entry in the record. Throws as the pipeline does. */
  execute(actor: Actor, publicKey: PublicKeyHex, asked: MessageToSign): Promise<CombinedSignature> {
    const { clientId, message, userPartial, facts } = asked;
    return this.bothHalves.execute({ actor, clientId, publicKey, message, userPartial, facts });
  }
}
