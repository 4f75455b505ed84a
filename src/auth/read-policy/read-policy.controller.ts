import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { TokenCaller } from '../../identity/actor.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import { UseCase } from '../../http/openapi/use-case.js';
import { Access } from '../../identity/access.js';
import { ApiPeerPublicKey, SDK_CLIENT_ID_PARAM } from '../../wire/examples.js';
import { ClientIdParam, PeerPublicKeyHeader } from '../../wire/named-inputs.js';
import { ETAG_HEADER, etagOf, policyAnswer, PolicyAnswer } from '../wire/policy-answer.js';
import { ReadPolicy } from './read-policy.js';

/** The documented API alone: clients of the SDK dialect know lists only. */
@ApiTags('Policies')
@Controller('')
export class ReadPolicyController {
  constructor(private readonly readPolicy: ReadPolicy) {}

  @Get('policy/:client_id')
  @Access('token')
  @UseCase(ReadPolicy.action, {
    summary: 'Read what a split key may sign, what of it is used, and what it can still do at most',
    description:
      'For its owner, and for the one to whom it is lent, who is told neither note nor author. The `ETag` names the ' +
      'revision, for PUT.',
    errors: ['REQUEST.INVALID_FIELD', 'REQUEST.MISSING_HEADER', 'SPLIT_KEY.UNKNOWN', 'POLICY.UNREADABLE'],
  })
  @ApiParam(SDK_CLIENT_ID_PARAM)
  @ApiPeerPublicKey(true)
  @ApiOkResponse({ type: PolicyAnswer, headers: ETAG_HEADER })
  async read(
    @TokenCaller() actor: TokenActor,
    @ClientIdParam() clientId: ClientId,
    @PeerPublicKeyHeader() publicKey: PublicKeyHex,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PolicyAnswer> {
    const { inForce, isOwner } = await this.readPolicy.execute(actor, clientId, publicKey);
    void reply.header('ETag', etagOf(inForce));
    return policyAnswer(inForce, isOwner);
  }
}
