import { Injectable } from '@nestjs/common';
import type { Actor } from '../../identity/actor.js';
import { encodeHex } from '../../crypto/bls0chain/codec.js';
import type { PublicKeyHex } from '../../crypto/key-names.js';
import { messageFacts } from '../../restrictions/facts/facts.js';
import { SignWithBothHalves } from '../signing/sign-with-both-halves.js';
import type { SigningRequest } from '../signing/signing-request.js';

/** A message of any kind, of which nobody knows what it says. */
export type MessageToSign = Pick<SigningRequest, 'clientId' | 'message' | 'userPartial'>;

@Injectable()
export class SignMessage {
  constructor(private readonly bothHalves: SignWithBothHalves) {}

  /** The combined signature, 64 hexadecimal characters. Throws as the pipeline does. */
  async execute(actor: Actor, publicKey: PublicKeyHex, asked: MessageToSign): Promise<string> {
    const { clientId, message, userPartial } = asked;
    const facts = messageFacts(encodeHex(message), 'not-shown');
    return encodeHex(await this.bothHalves.execute({ actor, clientId, publicKey, message, userPartial, facts }));
  }
}
