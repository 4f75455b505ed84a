import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Alongside } from '../../audit/recorded-work.js';
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
import type { SplitKey } from '../domain/split-key.js';
import { KeptAnswers } from '../kept-answers/kept-answers.js';
import { ApiRepeatable, OF_ANY_REPETITION, Repeatable } from '../kept-answers/repeatable-call.request.js';
import type { RepeatableCall } from '../kept-answers/kept-answer.js';
import { ShareKeyBody } from './share-key.body.js';
import { ShareKey } from './share-key.js';
import type { Loan } from './share-key.js';

@ApiTags('Sharing')
@Controller(['', 'zvault'])
export class ShareKeyController {
  constructor(
    private readonly shareKey: ShareKey,
    private readonly kept: KeptAnswers,
  ) {}

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
      ...OF_ANY_REPETITION,
      'SPLIT_KEY.UNKNOWN',
      'SPLIT_KEY.REVOKED',
      'SPLIT_KEY.EXPIRED',
      'SHARE.TO_ONESELF',
      'SHARE.ALREADY_SHARED',
      'SHARE.DECLINED',
      'SHARE.TOO_MANY',
    ],
  })
  @ApiBody({ type: ShareKeyBody })
  @ApiRepeatable()
  @ApiOkResponse({ schema: EMPTY_ANSWER_SCHEMA })
  share(
    @TokenCaller() actor: TokenActor,
    @Payload(ShareKeyBody) body: ShareKeyBody,
    @CurrentDialect() dialect: Dialect,
    @Repeatable() call: RepeatableCall | undefined,
  ): Promise<EmptyAnswer> {
    const loan: Loan = {
      publicKey: parsePublicKeyField(body.public_key, 'public_key'),
      recipient: parseUserIdField(body.target_user_id, 'target_user_id'),
      // Clients in the field share again to change the recipient, as upstream has it.
      replaces: dialect === 'sdk' || body.replace === true,
    };
    return this.kept.answer(actor, ShareKey.action, call, {
      make: (alongside?: Alongside<SplitKey>) => this.shareKey.execute(actor, loan, alongside),
      show: () => ({}),
      about: ({ id, walletId }) => ({ walletId, splitKeyId: id, sharedTo: loan.recipient }),
    });
  }
}
