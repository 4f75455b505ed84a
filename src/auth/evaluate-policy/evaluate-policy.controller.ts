import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiOkResponse, ApiParam, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { TxnVerification } from '../../audit/audit-entry.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import { bodyTextOf } from '../../http/body/raw-body.js';
import { OF_ANY_BODY, UseCase } from '../../http/openapi/use-case.js';
import { Access } from '../../identity/access.js';
import { TokenCaller } from '../../identity/actor.js';
import type { TokenActor } from '../../identity/actor.js';
import { ApiPeerPublicKey, SDK_CLIENT_ID_PARAM } from '../../wire/examples.js';
import { ClientIdParam, PeerPublicKeyHeader } from '../../wire/named-inputs.js';
import { TXN_VERIFICATION } from '../injection-tokens.js';
import { EvaluationAnswer, evaluationAnswer } from '../wire/evaluation-answer.js';
import { EvaluateMessageBody, EvaluateTransactionBody } from './evaluate-policy.body.js';
import { EvaluatePolicy } from './evaluate-policy.js';
import { EVALUATE_POLICY_BODY_BYTES, questionIn } from './evaluate-policy.request.js';

@ApiTags('Policies')
@Controller('')
export class EvaluatePolicyController {
  constructor(
    private readonly evaluatePolicy: EvaluatePolicy,
    @Inject(TXN_VERIFICATION) private readonly txnVerification: TxnVerification,
  ) {}

  @Post('policy/evaluate/:client_id')
  @HttpCode(200)
  @Access('token')
  @UseCase(EvaluatePolicy.action, {
    summary: 'Ask what would be decided about a transaction or a message, without signing',
    description:
      'For the owner of a split key, and for the one to whom it is lent, without a partial signature. The answer is 200, ' +
      'also when it is no, and that of a dry run. The owner may ask by another policy than the one in force, before ' +
      'writing it. Nothing is signed, counted or recorded.',
    errors: [
      ...OF_ANY_BODY,
      'REQUEST.MISSING_HEADER',
      'SPLIT_KEY.UNKNOWN',
      'SPLIT_KEY.REVOKED',
      'SPLIT_KEY.FROZEN',
      'TRANSACTION.HASH_MISMATCH',
      'MESSAGE.HASH_MISMATCH',
      'SIGNING.FAILED',
      'CLOCK.IN_DOUBT',
    ],
    bodyLimitBytes: EVALUATE_POLICY_BODY_BYTES,
  })
  @ApiParam(SDK_CLIENT_ID_PARAM)
  @ApiPeerPublicKey(true)
  @ApiExtraModels(EvaluateTransactionBody, EvaluateMessageBody)
  @ApiBody({
    schema: { oneOf: [{ $ref: getSchemaPath(EvaluateTransactionBody) }, { $ref: getSchemaPath(EvaluateMessageBody) }] },
  })
  @ApiOkResponse({ type: EvaluationAnswer })
  async evaluate(
    @TokenCaller() actor: TokenActor,
    @ClientIdParam() clientId: ClientId,
    @PeerPublicKeyHeader() publicKey: PublicKeyHex,
    @Req() request: FastifyRequest,
  ): Promise<EvaluationAnswer> {
    const asked = questionIn(bodyTextOf(request), clientId, this.txnVerification);
    return evaluationAnswer(await this.evaluatePolicy.execute(actor, clientId, publicKey, asked));
  }
}
