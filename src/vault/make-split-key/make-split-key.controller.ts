import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Alongside } from '../../audit/recorded-work.js';
import { TokenCaller } from '../../identity/actor.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId } from '../../crypto/key-names.js';
import { CurrentDialect } from '../../http/dialect/dialect.js';
import type { Dialect } from '../../http/dialect/dialect.js';
import { CLIENT_ID_PARAM } from '../../wire/examples.js';
import { ClientIdParam } from '../../wire/named-inputs.js';
import { Payload } from '../../http/body/payload.js';
import { OF_ANY_BODY, UseCase } from '../../http/openapi/use-case.js';
import { MOST_POLICY_VALUES, POLICY_BODY_BYTES } from '../../wire/policy-document.js';
import { WireRestrictions } from '../../wire/wire-restrictions.js';
import { Access } from '../../identity/access.js';
import { KeptAnswers } from '../kept-answers/kept-answers.js';
import { ApiRepeatable, OF_ANY_REPETITION, Repeatable } from '../kept-answers/repeatable-call.request.js';
import type { RepeatableCall } from '../kept-answers/kept-answer.js';
import { MadeSplitKeyAnswer, newPolicyAnswer, splitKeyAnswer } from '../wire/split-key-answer.js';
import { SplitKeyBody } from './split-key.body.js';
import { MakeSplitKey } from './make-split-key.js';
import type { MadeSplitKey } from './make-split-key.js';
import { policyIn } from './split-key.request.js';

@ApiTags('Split keys')
@Controller(['', 'zvault'])
export class MakeSplitKeyController {
  constructor(
    private readonly makeSplitKey: MakeSplitKey,
    private readonly restrictions: WireRestrictions,
    private readonly kept: KeptAnswers,
  ) {}

  @Post('key/:client_id')
  @HttpCode(201)
  @Access('token')
  @UseCase(MakeSplitKey.action, {
    summary: "Generate a new split key from a wallet's master key",
    description:
      'The answer holds the user share, with which the client signs. The server share is kept by ZAuth and shown ' +
      'to nobody.\n\nA list of restrictions set here allows messages only with the group `message_signing`, and ' +
      'whoever may have messages signed may have any transaction signed: a 32-byte hash does not say what it is of. ' +
      'For messages of any other length, such as the MD5 of an upload, `data_signing` is enough.',
    bodyLimitBytes: POLICY_BODY_BYTES,
    errors: [...OF_ANY_BODY, ...OF_ANY_REPETITION, 'WALLET.UNKNOWN', 'RESTRICTION.UNKNOWN_GROUP', 'SPLIT_KEY.QUOTA'],
  })
  @ApiParam(CLIENT_ID_PARAM)
  @ApiBody({ type: SplitKeyBody, required: false })
  @ApiRepeatable()
  @ApiCreatedResponse({ type: MadeSplitKeyAnswer })
  create(
    @TokenCaller() actor: TokenActor,
    @ClientIdParam() clientId: ClientId,
    @Payload(SplitKeyBody, { optional: true, mostValues: MOST_POLICY_VALUES }) body: SplitKeyBody,
    @CurrentDialect() dialect: Dialect,
    @Repeatable() call: RepeatableCall | undefined,
  ): Promise<MadeSplitKeyAnswer> {
    const asked = policyIn(body, dialect, this.restrictions);
    const showsPolicy = asked.isPolicyGiven && dialect === 'documented';
    return this.kept.answer(actor, MakeSplitKey.action, call, {
      make: (alongside?: Alongside<MadeSplitKey>) =>
        this.makeSplitKey.execute(actor, MakeSplitKey.action, { clientId, ...asked }, alongside),
      show: (made) => {
        const { policy } = made.splitKey;
        const answer = splitKeyAnswer(made);
        return showsPolicy
          ? Object.assign(answer, newPolicyAnswer(policy, this.makeSplitKey.exposure(policy)))
          : answer;
      },
      about: ({ splitKey }) => ({ walletId: splitKey.walletId, splitKeyId: splitKey.id }),
    });
  }
}
