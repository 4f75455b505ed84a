import { Injectable } from '@nestjs/common';
import type { Actor } from '../../identity/actor.js';
import { decodeMessage, decodeSignatureBytes, encodeHex } from '../../crypto/bls0chain/codec.js';
import type { PublicKeyHex } from '../../crypto/key-names.js';
import { parseClientIdField } from '../../wire/named-inputs.js';
import { SignWithBothHalves } from '../signing/sign-with-both-halves.js';
import type { SignMessageBody } from './sign-message.body.js';

@Injectable()
export class SignMessage {
  constructor(private readonly bothHalves: SignWithBothHalves) {}

  /** The combined signature, 64 hexadecimal characters. Throws as the pipeline does, and for malformed fields. */
  async execute(actor: Actor, publicKey: PublicKeyHex, body: SignMessageBody): Promise<string> {
    const clientId = parseClientIdField(body.client_id, 'client_id');
    const message = decodeMessage(body.hash, 'hash');
    const combined = await this.bothHalves.execute({
      actor,
      clientId,
      publicKey,
      message,
      userPartial: decodeSignatureBytes(body.signature, 'signature'),
      facts: { kind: 'message', messageBytes: message.length },
    });
    return encodeHex(combined);
  }
}
