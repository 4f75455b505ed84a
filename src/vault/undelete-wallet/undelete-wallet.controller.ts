import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { TokenCaller } from '../../identity/actor.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId } from '../../crypto/key-names.js';
import { EMPTY_ANSWER_SCHEMA } from '../wire/empty-answer.js';
import type { EmptyAnswer } from '../wire/empty-answer.js';
import { CLIENT_ID_PARAM } from '../../wire/examples.js';
import { ClientIdParam } from '../../wire/named-inputs.js';
import { UseCase } from '../../http/openapi/use-case.js';
import { Access } from '../../identity/access.js';
import { UndeleteWallet } from './undelete-wallet.js';

@ApiTags('Wallets')
@Controller(['', 'zvault'])
export class UndeleteWalletController {
  constructor(private readonly undeleteWallet: UndeleteWallet) {}

  @Post('undelete/:client_id')
  @HttpCode(200)
  @Access('token')
  @UseCase(UndeleteWallet.action, {
    summary: 'Bring a deleted wallet back',
    description:
      'As long as GET /wallets/deleted shows it. Its split keys are gone for good: make others. Of a wallet that is not ' +
      'deleted it changes nothing.',
    errors: ['REQUEST.INVALID_FIELD', 'WALLET.UNKNOWN', 'WALLET.QUOTA'],
  })
  @ApiParam(CLIENT_ID_PARAM)
  @ApiOkResponse({ schema: EMPTY_ANSWER_SCHEMA })
  async undelete(@TokenCaller() actor: TokenActor, @ClientIdParam() clientId: ClientId): Promise<EmptyAnswer> {
    await this.undeleteWallet.execute(actor, clientId);
    return {};
  }
}
