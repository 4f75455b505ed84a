import { Controller, Header, HttpCode, Post, Req } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiOkResponse, ApiProperty, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { actorOf } from '../../identity/actor.js';
import { bodyTextOf } from '../../http/body/raw-body.js';
import { dialectOf } from '../../http/dialect/dialect.js';
import { ApiPeerPublicKey, EXAMPLE_SPLIT_KEY } from '../../wire/examples.js';
import { EVIDENCE_HEADER_DOCS, evidenceHeaders } from '../../http/evidence-headers.js';
import { LeanRoutes } from '../../http/lean/lean-routes.js';
import type { LeanAnswer } from '../../http/lean/lean-routes.js';
import { peerPublicKeyOf } from '../../wire/named-inputs.js';
import { OF_ANY_BODY, UseCase } from '../../http/openapi/use-case.js';
import { Access } from '../../identity/access.js';
import { DryRun } from '../signing/dry-run.js';
import { SIGNING_ACTIONS } from '../signing/signing-actions.js';
import { SigningAdmission } from '../signing/signing-admission.js';
import { OF_ANY_SIGNING } from '../signing/signing-errors.js';
import { ApiDryRun, asksForDryRun, isDryRun } from '../wire/dry-run-query.js';
import { EvaluationAnswer, evaluationAnswer } from '../wire/evaluation-answer.js';
import { SignMessageBody } from './sign-message.body.js';
import { SignMessage } from './sign-message.js';
import { readMessage, SIGN_MESSAGE_BODY_BYTES } from './sign-message.request.js';

const ACTION = SIGNING_ACTIONS.message;

class SignMessageAnswer {
  @ApiProperty({
    description: 'the combined signature, 64 hexadecimal characters',
    example: EXAMPLE_SPLIT_KEY.combined,
  })
  sig!: string;
}

@ApiTags('Signing')
@Controller(['', 'zauth'])
export class SignMessageController {
  constructor(
    private readonly signMessage: SignMessage,
    private readonly dryRun: DryRun,
    private readonly admission: SigningAdmission,
    routes: LeanRoutes,
  ) {
    routes.add(['/sign/msg', '/zauth/sign/msg'], {
      action: ACTION,
      bodyLimitBytes: SIGN_MESSAGE_BODY_BYTES,
      isUnrecorded: asksForDryRun,
      answer: (request) => this.sign(request),
      ...admission.ofRoute('message'),
    });
  }

  @Post('sign/msg')
  @HttpCode(200)
  @Header('Content-Type', 'application/json; charset=utf-8')
  @Access('partial-signature')
  @UseCase(ACTION, {
    summary: 'Get the second signature over a message, combined with yours',
    description:
      'Needs no token: the partial signature is the authentication. A message has from 1 to 1,024 bytes, mostly the ' +
      '32 of a hash. A split key with a list of restrictions signs messages only with the group `message_signing`. ' +
      '**Whoever may have messages signed may have any transaction signed**, since a 32-byte hash does not say what ' +
      'it is of. Every other length is no transaction’s hash, and `data_signing` is enough for it. Lists set through ' +
      'the SDK dialect silently hold both groups unless the service runs with `SDK_RESTRICTED_MESSAGES=deny`. A text ' +
      'in `message` whose SHA3-256 is `hash` shows what is signed.',
    errors: [...OF_ANY_BODY, ...OF_ANY_SIGNING, 'MESSAGE.HASH_MISMATCH'],
    tokenIsOptional: true,
  })
  @ApiPeerPublicKey(true)
  @ApiBody({ type: SignMessageBody })
  @ApiDryRun()
  @ApiExtraModels(SignMessageAnswer, EvaluationAnswer)
  @ApiOkResponse({
    description: 'the combined signature; of a dry run what would be decided',
    headers: EVIDENCE_HEADER_DOCS,
    schema: { oneOf: [{ $ref: getSchemaPath(SignMessageAnswer) }, { $ref: getSchemaPath(EvaluationAnswer) }] },
  })
  async sign(@Req() request: FastifyRequest): Promise<LeanAnswer> {
    const publicKey = peerPublicKeyOf(request);
    const text = bodyTextOf(request);
    if (isDryRun(request)) {
      const asked = () => ({ actor: actorOf(request), publicKey, ...readMessage(text, dialectOf(request)) });
      return { text: JSON.stringify(evaluationAnswer(await this.dryRun.execute(asked))) };
    }
    return this.admission.run('message', async () => {
      const asked = readMessage(text, dialectOf(request));
      const { signatureHex, evidence } = await this.signMessage.execute(actorOf(request), publicKey, asked);
      const answer: SignMessageAnswer = { sig: signatureHex };
      return { text: JSON.stringify(answer), headers: evidenceHeaders(evidence) };
    });
  }
}
