import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiParam, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { TokenCaller } from '../../identity/actor.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId } from '../../crypto/key-names.js';
import { EXAMPLE_SPLIT_KEY, SDK_CLIENT_ID_PARAM } from '../../wire/examples.js';
import { ClientIdParam, parsePublicKeyField } from '../../wire/named-inputs.js';
import { Payload } from '../../http/body/payload.js';
import { OF_ANY_BODY, UseCase } from '../../http/openapi/use-case.js';
import { Access } from '../../identity/access.js';
import { SUCCESS, SuccessAnswer } from '../wire/success-answer.js';
import { RevokeShare } from './revoke-share.js';

class RevokeShareBody {
  @ApiProperty({ description: "the split key's user public key", example: EXAMPLE_SPLIT_KEY.userPublicKey })
  @IsString({ message: 'peer_public_key: must be 128 hexadecimal characters' })
  peer_public_key!: string;
}

/** SDK dialect only: at the root `/revoke` is ZVault's (wire.md section 1). */
@ApiTags('SDK dialect')
@Controller('zauth')
export class RevokeShareController {
  constructor(private readonly revokeShare: RevokeShare) {}

  @Post('revoke/:client_id')
  @HttpCode(200)
  @Access('token')
  @UseCase(RevokeShare.action, {
    summary: 'Revoke a split key at ZAuth',
    errors: [...OF_ANY_BODY, 'SPLIT_KEY.UNKNOWN'],
  })
  @ApiParam(SDK_CLIENT_ID_PARAM)
  @ApiConsumes('application/json', 'application/x-www-form-urlencoded')
  @ApiBody({ type: RevokeShareBody })
  @ApiOkResponse({ type: SuccessAnswer })
  async revoke(
    @TokenCaller() actor: TokenActor,
    @ClientIdParam() clientId: ClientId,
    @Payload(RevokeShareBody, { alsoAsForm: true }) body: RevokeShareBody,
  ): Promise<SuccessAnswer> {
    await this.revokeShare.execute(actor, clientId, parsePublicKeyField(body.peer_public_key, 'peer_public_key'));
    return SUCCESS;
  }
}
