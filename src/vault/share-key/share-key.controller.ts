import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { TokenCaller } from '../../identity/actor.js';
import type { TokenActor } from '../../identity/actor.js';
import { CurrentDialect } from '../../http/dialect/dialect.js';
import type { Dialect } from '../../http/dialect/dialect.js';
import { EMPTY_ANSWER_SCHEMA } from '../wire/empty-answer.js';
import type { EmptyAnswer } from '../wire/empty-answer.js';
import { parsePublicKeyField, parseUserIdField } from '../../wire/named-inputs.js';
import { Payload } from '../../http/body/payload.js';
import { OF_ANY_BODY, UseCase } from '../../http/openapi/use-case.js';
import { Access } from '../../identity/access.js';
import { ShareKeyBody } from './share-key.body.js';
import { ShareKey } from './share-key.js';

@ApiTags('Sharing')
@Controller(['', 'zvault'])
export class ShareKeyController {
  constructor(private readonly shareKey: ShareKey) {}

  @Post('share')
  @HttpCode(200)
  @Access('token')
  @UseCase(ShareKey.action, {
    summary: 'Share a split key of yours with one other user',
    description:
      'The recipient finds it in GET /wallets/shared and signs with it. Sharing again with the same user is fine. With ' +
      'another it is refused, since the first one may have kept the user share: make another split key, revoke this ' +
      'one, or say `replace`.',
    errors: [
      ...OF_ANY_BODY,
      'SPLIT_KEY.UNKNOWN',
      'SPLIT_KEY.REVOKED',
      'SPLIT_KEY.EXPIRED',
      'SHARE.TO_ONESELF',
      'SHARE.ALREADY_SHARED',
    ],
  })
  @ApiBody({ type: ShareKeyBody })
  @ApiOkResponse({ schema: EMPTY_ANSWER_SCHEMA })
  async share(
    @TokenCaller() actor: TokenActor,
    @Payload(ShareKeyBody) body: ShareKeyBody,
    @CurrentDialect() dialect: Dialect,
  ): Promise<EmptyAnswer> {
    await this.shareKey.execute(actor, {
      publicKey: parsePublicKeyField(body.public_key, 'public_key'),
      recipient: parseUserIdField(body.target_user_id, 'target_user_id'),
      // Clients in the field share again to change the recipient, as upstream has it.
      replaces: dialect === 'sdk' || body.replace === true,
    });
    return {};
  }
}
