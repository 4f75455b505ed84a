import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { TokenCaller } from '../../identity/actor.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId } from '../../crypto/key-names.js';
import { EMPTY_ANSWER_SCHEMA } from '../wire/empty-answer.js';
import type { EmptyAnswer } from '../wire/empty-answer.js';
import { CLIENT_ID_PARAM } from '../../wire/examples.js';
import { ClientIdParam, parsePublicKeyField } from '../../wire/named-inputs.js';
import { Payload } from '../../http/body/payload.js';
import { OF_ANY_BODY, UseCase } from '../../http/openapi/use-case.js';
import { Access } from '../../identity/access.js';
import { RevokeKeyBody } from './revoke-key.body.js';
import { RevokeKey } from './revoke-key.js';

@ApiTags('Split keys')
@Controller(['', 'zvault'])
export class RevokeKeyController {
  constructor(private readonly revokeKey: RevokeKey) {}

  @Post('revoke/:client_id')
  @HttpCode(200)
  @Access('token')
  @UseCase(RevokeKey.action, {
    summary: 'Revoke a split key',
    description:
      'When this has answered, no signature is made with the split key any more. Revoking it again is fine. The key ' +
      'may come as JSON, as a form or in the query.',
    errors: [...OF_ANY_BODY, 'SPLIT_KEY.UNKNOWN'],
  })
  @ApiParam(CLIENT_ID_PARAM)
  @ApiConsumes('application/json', 'application/x-www-form-urlencoded')
  @ApiBody({ type: RevokeKeyBody })
  @ApiOkResponse({ schema: EMPTY_ANSWER_SCHEMA })
  async revoke(
    @TokenCaller() actor: TokenActor,
    @ClientIdParam() clientId: ClientId,
    @Payload(RevokeKeyBody, { alsoAsForm: true }) body: RevokeKeyBody,
  ): Promise<EmptyAnswer> {
    await this.revokeKey.execute(actor, clientId, parsePublicKeyField(body.public_key, 'public_key'));
    return {};
  }
}
