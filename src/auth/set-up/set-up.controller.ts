import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { TokenCaller } from '../../identity/actor.js';
import type { TokenActor } from '../../identity/actor.js';
import { Payload } from '../../http/body/payload.js';
import { OF_ANY_BODY, UseCase } from '../../http/openapi/use-case.js';
import { WireRestrictions } from '../../wire/wire-restrictions.js';
import { Access } from '../../identity/access.js';
import { SUCCESS, SuccessAnswer } from '../wire/success-answer.js';
import { SetUpBody } from './set-up.body.js';
import { SetUp } from './set-up.js';
import { readSetUp } from './set-up.request.js';

/** SDK dialect only (wire.md section 1). */
@ApiTags('SDK dialect')
@Controller('zauth')
export class SetUpController {
  constructor(
    private readonly setUp: SetUp,
    private readonly restrictions: WireRestrictions,
  ) {}

  @Post('setup')
  @HttpCode(200)
  @Access('token')
  @UseCase(SetUp.action, {
    summary: 'Hand over the server share of a split key that was made elsewhere',
    description: 'Repeated for a record of one’s own, it changes what it names and leaves what it does not name.',
    errors: [
      ...OF_ANY_BODY,
      'RESTRICTION.UNKNOWN_GROUP',
      'POLICY.UNREADABLE',
      'SETUP.INCONSISTENT',
      'SETUP.REFUSED',
      'SPLIT_KEY.REVOKED',
      'SPLIT_KEY.EXPIRED',
      'SPLIT_KEY.QUOTA',
    ],
  })
  @ApiBody({ type: SetUpBody })
  @ApiOkResponse({ type: SuccessAnswer })
  async create(@TokenCaller() actor: TokenActor, @Payload(SetUpBody) body: SetUpBody): Promise<SuccessAnswer> {
    await this.setUp.execute(actor, readSetUp(body, this.restrictions));
    return SUCCESS;
  }
}
