import { Controller, HttpCode, Put } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { TokenCaller } from '../../identity/actor.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import { ApiPeerPublicKey, SDK_CLIENT_ID_PARAM } from '../../wire/examples.js';
import { ClientIdParam, PeerPublicKeyHeader } from '../../wire/named-inputs.js';
import { Payload } from '../../http/body/payload.js';
import { RestrictionsBody } from '../../wire/restrictions.body.js';
import { OF_ANY_BODY, UseCase } from '../../http/openapi/use-case.js';
import { WireRestrictions } from '../../wire/wire-restrictions.js';
import { Access } from '../../identity/access.js';
import { SUCCESS, SuccessAnswer } from '../wire/success-answer.js';
import { RestrictShare } from './restrict-share.js';

/** SDK dialect only: at the root PUT `/restrictions` is ZVault's (wire.md section 1). */
@ApiTags('SDK dialect')
@Controller('zauth')
export class RestrictShareController {
  constructor(
    private readonly restrictShare: RestrictShare,
    private readonly restrictions: WireRestrictions,
  ) {}

  @Put('restrictions/:client_id')
  @HttpCode(200)
  @Access('token')
  @UseCase(RestrictShare.action, {
    summary: 'Replace what a split key may sign, at ZAuth',
    errors: [
      ...OF_ANY_BODY,
      'REQUEST.MISSING_HEADER',
      'SPLIT_KEY.UNKNOWN',
      'RESTRICTION.UNKNOWN_GROUP',
      'POLICY.UNREADABLE',
    ],
  })
  @ApiParam(SDK_CLIENT_ID_PARAM)
  @ApiPeerPublicKey(true)
  @ApiBody({ type: RestrictionsBody })
  @ApiOkResponse({ type: SuccessAnswer })
  async replace(
    @TokenCaller() actor: TokenActor,
    @ClientIdParam() clientId: ClientId,
    @PeerPublicKeyHeader() publicKey: PublicKeyHex,
    @Payload(RestrictionsBody) body: RestrictionsBody,
  ): Promise<SuccessAnswer> {
    await this.restrictShare.execute(actor, clientId, publicKey, this.restrictions.read(body.restrictions, 'sdk'));
    return SUCCESS;
  }
}
