import { Controller, HttpCode, Put, Res } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { TokenCaller } from '../../identity/actor.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import { Payload } from '../../http/body/payload.js';
import { OF_ANY_BODY, UseCase } from '../../http/openapi/use-case.js';
import { Access } from '../../identity/access.js';
import { ApiPeerPublicKey, SDK_CLIENT_ID_PARAM } from '../../wire/examples.js';
import { ClientIdParam, PeerPublicKeyHeader } from '../../wire/named-inputs.js';
import { MOST_POLICY_VALUES, POLICY_BODY_BYTES } from '../../wire/policy-document.js';
import { ETAG_HEADER, etagOf, policyAnswer, ReplacedPolicyAnswer } from '../wire/policy-answer.js';
import { ReplacePolicyBody } from './replace-policy.body.js';
import { ReplacePolicy } from './replace-policy.js';
import { ApiRevisionToReplace, proposedIn, RevisionToReplace } from './replace-policy.request.js';

@ApiTags('Policies')
@Controller('')
export class ReplacePolicyController {
  constructor(private readonly replacePolicy: ReplacePolicy) {}

  @Put('policy/:client_id')
  @HttpCode(200)
  @Access('token')
  @UseCase(ReplacePolicy.action, {
    summary: 'Follow the policy of a split key of yours by another one',
    description:
      'Holds for the next signature, in both halves. The answer is that of GET, and says in words what the new policy ' +
      'raises above the one before it. All revisions are kept. A policy that cannot be read is mended by this; its ' +
      'revision is the first of GET /policy/{client_id}/revisions.',
    bodyLimitBytes: POLICY_BODY_BYTES,
    errors: [
      ...OF_ANY_BODY,
      'REQUEST.MISSING_HEADER',
      'SPLIT_KEY.UNKNOWN',
      'SPLIT_KEY.REVOKED',
      'SPLIT_KEY.EXPIRED',
      'SPLIT_KEY.QUOTA',
      'POLICY.REVISION_REQUIRED',
      'POLICY.REVISION_CHANGED',
    ],
  })
  @ApiParam(SDK_CLIENT_ID_PARAM)
  @ApiPeerPublicKey(true)
  @ApiRevisionToReplace()
  @ApiBody({ type: ReplacePolicyBody })
  @ApiOkResponse({ type: ReplacedPolicyAnswer, headers: ETAG_HEADER })
  async replace(
    @TokenCaller() actor: TokenActor,
    @ClientIdParam() clientId: ClientId,
    @PeerPublicKeyHeader() publicKey: PublicKeyHex,
    @RevisionToReplace() replaces: number,
    @Payload(ReplacePolicyBody, { mostValues: MOST_POLICY_VALUES }) body: ReplacePolicyBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReplacedPolicyAnswer> {
    const { inForce, raises } = await this.replacePolicy.execute(
      actor,
      clientId,
      publicKey,
      proposedIn(body, replaces),
    );
    void reply.header('ETag', etagOf(inForce));
    return Object.assign(policyAnswer(inForce, true), { raises: [...raises] });
  }
}
