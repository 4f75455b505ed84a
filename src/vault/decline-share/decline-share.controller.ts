import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { PublicKeyHex } from '../../crypto/key-names.js';
import { Payload } from '../../http/body/payload.js';
import { OF_ANY_BODY, UseCase } from '../../http/openapi/use-case.js';
import { Access } from '../../identity/access.js';
import { TokenCaller } from '../../identity/actor.js';
import type { TokenActor } from '../../identity/actor.js';
import { ApiPeerPublicKey } from '../../wire/examples.js';
import { parseClientIdField, PeerPublicKeyHeader } from '../../wire/named-inputs.js';
import { EMPTY_ANSWER_SCHEMA } from '../wire/empty-answer.js';
import type { EmptyAnswer } from '../wire/empty-answer.js';
import { DeclineShareBody } from './decline-share.body.js';
import { DeclineShare } from './decline-share.js';

@ApiTags('Sharing')
@Controller(['', 'zvault'])
export class DeclineShareController {
  constructor(private readonly declineShare: DeclineShare) {}

  @Post('share/decline')
  @HttpCode(200)
  @Access('token')
  @UseCase(DeclineShare.action, {
    summary: 'Decline a split key that somebody has shared with you',
    description:
      'It leaves your list for good, and its owner cannot share it with you again. With `all_of_owner` that holds for ' +
      'everything of theirs.',
    errors: [...OF_ANY_BODY, 'REQUEST.MISSING_HEADER', 'SPLIT_KEY.UNKNOWN'],
  })
  @ApiPeerPublicKey()
  @ApiBody({ type: DeclineShareBody })
  @ApiOkResponse({ schema: EMPTY_ANSWER_SCHEMA })
  async decline(
    @TokenCaller() actor: TokenActor,
    @PeerPublicKeyHeader() publicKey: PublicKeyHex,
    @Payload(DeclineShareBody) body: DeclineShareBody,
  ): Promise<EmptyAnswer> {
    const clientId = parseClientIdField(body.client_id, 'client_id');
    await this.declineShare.execute(actor, { clientId, publicKey, what: body.all_of_owner === true ? 'all' : 'this' });
    return {};
  }
}
