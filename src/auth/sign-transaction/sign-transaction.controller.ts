import { Controller, Header, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiOkResponse, ApiQuery, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { actorOf } from '../../identity/actor.js';
import { bodyTextOf } from '../../http/body/raw-body.js';
import { ApiPeerPublicKey, EXAMPLE_TRANSACTION_COMBINED } from '../../wire/examples.js';
import { EVIDENCE_HEADER_DOCS, evidenceHeaders } from '../../http/evidence-headers.js';
import { LeanRoutes } from '../../http/lean/lean-routes.js';
import type { LeanAnswer } from '../../http/lean/lean-routes.js';
import { peerPublicKeyOf } from '../../wire/named-inputs.js';
import { OF_ANY_BODY, UseCase } from '../../http/openapi/use-case.js';
import { Access } from '../../identity/access.js';
import type { TxnVerification } from '../../audit/audit-entry.js';
import { withSignature } from '../../chain/parse-transaction.js';
import { TXN_VERIFICATION } from '../injection-tokens.js';
import { DryRun } from '../signing/dry-run.js';
import { SIGNING_ACTIONS } from '../signing/signing-actions.js';
import { SigningAdmission } from '../signing/signing-admission.js';
import { OF_ANY_SIGNING } from '../signing/signing-errors.js';
import { ApiDryRun, asksForDryRun, isDryRun } from '../wire/dry-run-query.js';
import { EvaluationAnswer, evaluationAnswer } from '../wire/evaluation-answer.js';
import { SignTransaction } from './sign-transaction.js';
import { readTransaction } from './sign-transaction.request.js';
import { TransactionBody } from './transaction.body.js';

const ACTION = SIGNING_ACTIONS.transaction;

/** Unknown fields of a transaction are not signed, and so ignored in either dialect. */
const OF_TRANSACTION_BODY = OF_ANY_BODY.filter((code) => code !== 'REQUEST.UNKNOWN_FIELD');

@ApiTags('Signing')
@Controller(['', 'zauth'])
export class SignTransactionController {
  constructor(
    private readonly signTransaction: SignTransaction,
    private readonly dryRun: DryRun,
    private readonly admission: SigningAdmission,
    @Inject(TXN_VERIFICATION) private readonly txnVerification: TxnVerification,
    routes: LeanRoutes,
  ) {
    routes.add(['/sign/txn', '/zauth/sign/txn'], {
      action: ACTION,
      isUnrecorded: asksForDryRun,
      answer: (request) => this.sign(request),
      ...admission.ofRoute('transaction'),
    });
  }

  @Post('sign/txn')
  @HttpCode(200)
  @Header('Content-Type', 'application/json; charset=utf-8')
  @Access('partial-signature')
  @UseCase(ACTION, {
    summary: 'Get the second signature over a transaction, combined with yours',
    description: 'Needs no token: the partial signature is the authentication. The answer is a JSON string.',
    errors: [...OF_TRANSACTION_BODY, ...OF_ANY_SIGNING, 'TRANSACTION.HASH_MISMATCH'],
    tokenIsOptional: true,
  })
  @ApiPeerPublicKey(true)
  @ApiQuery({
    name: 'reply',
    required: false,
    enum: ['transaction'],
    description: 'answer with the whole transaction, its signature replaced, as clients up to v1.17 expect',
  })
  @ApiBody({ type: TransactionBody })
  @ApiDryRun()
  @ApiExtraModels(EvaluationAnswer)
  @ApiOkResponse({
    description: 'the combined signature, 64 hexadecimal characters; of a dry run what would be decided',
    headers: EVIDENCE_HEADER_DOCS,
    schema: {
      oneOf: [{ type: 'string', example: EXAMPLE_TRANSACTION_COMBINED }, { $ref: getSchemaPath(EvaluationAnswer) }],
    },
  })
  async sign(@Req() request: FastifyRequest): Promise<LeanAnswer> {
    const publicKey = peerPublicKeyOf(request);
    const text = bodyTextOf(request);
    if (isDryRun(request)) {
      const asked = () => ({ actor: actorOf(request), publicKey, ...readTransaction(text, this.txnVerification) });
      return { text: JSON.stringify(evaluationAnswer(await this.dryRun.execute(asked))) };
    }
    return this.admission.run('transaction', async () => {
      const asked = readTransaction(text, this.txnVerification);
      const { signatureHex, evidence } = await this.signTransaction.execute(actorOf(request), publicKey, asked);
      const { reply } = request.query as { readonly reply?: unknown };
      // Serialised here: numbers beyond 2^53 must keep their digits.
      const isWhole = reply === 'transaction';
      const answer = isWhole ? withSignature(asked.transaction, signatureHex) : JSON.stringify(signatureHex);
      return { text: answer, headers: evidenceHeaders(evidence) };
    });
  }
}
