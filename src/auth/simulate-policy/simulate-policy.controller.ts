import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import { Payload } from '../../http/body/payload.js';
import { OF_ANY_BODY, UseCase } from '../../http/openapi/use-case.js';
import { Access } from '../../identity/access.js';
import { TokenCaller } from '../../identity/actor.js';
import type { TokenActor } from '../../identity/actor.js';
import { parsePolicy } from '../../restrictions/policy/parse-policy.js';
import { ApiPeerPublicKey, SDK_CLIENT_ID_PARAM } from '../../wire/examples.js';
import { ClientIdParam, PeerPublicKeyHeader } from '../../wire/named-inputs.js';
import { MOST_POLICY_VALUES, POLICY_BODY_BYTES } from '../../wire/policy-document.js';
import { SimulatePolicyBody } from './simulate-policy.body.js';
import { SimulatePolicy } from './simulate-policy.js';
import { simulationAnswer, SimulationAnswer } from './simulation-answer.js';

const LAST_IF_ABSENT = 100;

@ApiTags('Policies')
@Controller('')
export class SimulatePolicyController {
  constructor(private readonly simulatePolicy: SimulatePolicy) {}

  @Post('policy/simulate/:client_id')
  @HttpCode(200)
  @Access('token')
  @UseCase(SimulatePolicy.action, {
    summary: 'Ask what another policy would have made of the last signatures of a split key of yours',
    description:
      'Judges the last decisions on record, approved or refused, as though the proposed policy alone had been in force ' +
      'over them, its limits unused at the first. Answers those that would have been decided otherwise. What was refused ' +
      'for another reason than its policy stays refused. Nothing is written, and there is no entry in the record.',
    errors: [...OF_ANY_BODY, 'REQUEST.MISSING_HEADER', 'SPLIT_KEY.UNKNOWN'],
    bodyLimitBytes: POLICY_BODY_BYTES,
  })
  @ApiParam(SDK_CLIENT_ID_PARAM)
  @ApiPeerPublicKey(true)
  @ApiBody({ type: SimulatePolicyBody })
  @ApiOkResponse({ type: SimulationAnswer })
  async simulate(
    @TokenCaller() actor: TokenActor,
    @ClientIdParam() clientId: ClientId,
    @PeerPublicKeyHeader() publicKey: PublicKeyHex,
    @Payload(SimulatePolicyBody, { mostValues: MOST_POLICY_VALUES }) body: SimulatePolicyBody,
  ): Promise<SimulationAnswer> {
    const policy = parsePolicy(body.policy);
    const last = body.last ?? LAST_IF_ABSENT;
    return simulationAnswer(await this.simulatePolicy.execute(actor, clientId, publicKey, policy, last));
  }
}
