import { Controller, HttpCode, Put } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { TokenCaller } from '../../identity/actor.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import { CurrentDialect } from '../../http/dialect/dialect.js';
import type { Dialect } from '../../http/dialect/dialect.js';
import { EMPTY_ANSWER_SCHEMA } from '../wire/empty-answer.js';
import type { EmptyAnswer } from '../wire/empty-answer.js';
import { ApiPeerPublicKey, CLIENT_ID_PARAM } from '../../wire/examples.js';
import { ClientIdParam, PeerPublicKeyHeader } from '../../wire/named-inputs.js';
import { Payload } from '../../http/body/payload.js';
import { RestrictionsBody } from '../../wire/restrictions.body.js';
import { OF_ANY_BODY, UseCase } from '../../http/openapi/use-case.js';
import { WireRestrictions } from '../../wire/wire-restrictions.js';
import { Access } from '../../identity/access.js';
import { RestrictKey } from './restrict-key.js';

@ApiTags('Restrictions')
@Controller(['', 'zvault'])
export class RestrictKeyController {
  constructor(
    private readonly restrictKey: RestrictKey,
    private readonly restrictions: WireRestrictions,
  ) {}

  @Put('restrictions/:client_id')
  @HttpCode(200)
  @Access('token')
  @UseCase(RestrictKey.action, {
    summary: 'Replace what a split key may sign',
    description:
      'Holds for the next signature. A split key with a list signs messages only with the group `message_signing`, and ' +
      'whoever may have messages signed may have any transaction signed: a 32-byte hash does not say what it is of. ' +
      'For messages of any other length, such as the MD5 of an upload, `data_signing` is enough.',
    errors: [
      ...OF_ANY_BODY,
      'REQUEST.MISSING_HEADER',
      'SPLIT_KEY.UNKNOWN',
      'RESTRICTION.UNKNOWN_GROUP',
      'POLICY.UNREADABLE',
    ],
  })
  @ApiParam(CLIENT_ID_PARAM)
  @ApiPeerPublicKey()
  @ApiBody({ type: RestrictionsBody })
  @ApiOkResponse({ schema: EMPTY_ANSWER_SCHEMA })
  async replace(
    @TokenCaller() actor: TokenActor,
    @ClientIdParam() clientId: ClientId,
    @PeerPublicKeyHeader() publicKey: PublicKeyHex,
    @Payload(RestrictionsBody) body: RestrictionsBody,
    @CurrentDialect() dialect: Dialect,
  ): Promise<EmptyAnswer> {
    await this.restrictKey.execute(actor, clientId, publicKey, this.restrictions.read(body.restrictions, dialect));
    return {};
  }
}
