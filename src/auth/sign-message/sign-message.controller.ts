import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../../audit/actor.js';
import type { Actor } from '../../audit/actor.js';
import type { PublicKeyHex } from '../../crypto/key-names.js';
import { BodyText } from '../../http/body-text.js';
import { CurrentDialect } from '../../http/current-dialect.js';
import type { Dialect } from '../../http/dialect.js';
import { ApiPeerPublicKey, EXAMPLE_SPLIT_KEY } from '../../http/examples.js';
import { PeerPublicKeyHeader } from '../../http/named-inputs.js';
import { OF_ANY_BODY, UseCase } from '../../http/use-case.js';
import { Access } from '../../identity/access.js';
import { ObservedSigning } from '../signing/observed-signing.js';
import { OF_ANY_SIGNING } from '../signing/signing-errors.js';
import { parseSignMessage } from './parse-sign-message.js';
import { SignMessageBody } from './sign-message.body.js';
import { SignMessage } from './sign-message.js';

class SignMessageAnswer {
  @ApiProperty({
    description: 'the combined signature, 64 hexadecimal characters',
    example: EXAMPLE_SPLIT_KEY.combined,
  })
  sig!: string;
}

@ApiTags('Signing')
@Controller(['', 'zauth'])
export class SignMessageController {
  constructor(
    private readonly signMessage: SignMessage,
    private readonly observed: ObservedSigning,
  ) {}

  @Post('sign/msg')
  @HttpCode(200)
  @Access('partial-signature')
  @UseCase('sign-message', {
    summary: 'Get the second signature over a message hash, combined with yours',
    description:
      'Needs no token: the partial signature is the authentication. A split key with a list of restrictions signs ' +
      'messages only with the group `message_signing`. **Whoever may have messages signed may have any transaction ' +
      'signed**, since a 32-byte hash does not say what it is of; lists set through the SDK dialect silently hold that ' +
      'group unless the service runs with `SDK_RESTRICTED_MESSAGES=deny`.',
    errors: [...OF_ANY_BODY, ...OF_ANY_SIGNING],
    tokenIsOptional: true,
  })
  @ApiPeerPublicKey(true)
  @ApiBody({ type: SignMessageBody })
  @ApiOkResponse({ type: SignMessageAnswer })
  sign(
    @CurrentActor() actor: Actor,
    @PeerPublicKeyHeader() publicKey: PublicKeyHex,
    @BodyText() text: string,
    @CurrentDialect() dialect: Dialect,
  ): Promise<SignMessageAnswer> {
    return this.observed.of('message', async () => ({
      sig: await this.signMessage.execute(actor, publicKey, parseSignMessage(text, dialect)),
    }));
  }
}
