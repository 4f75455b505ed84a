import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import type { ClientId } from '../../crypto/key-names.js';
import { UseCase } from '../../http/openapi/use-case.js';
import { Access } from '../../identity/access.js';
import { TokenCaller } from '../../identity/actor.js';
import type { TokenActor } from '../../identity/actor.js';
import { CLIENT_ID_PARAM } from '../../wire/examples.js';
import { ClientIdParam } from '../../wire/named-inputs.js';
import { FreezeAnswer, freezeAnswer } from '../wire/freeze-answer.js';
import { ThawWallet } from './thaw-wallet.js';

/** Under both prefixes: whoever is in a hurry need not know which half decides. */
@ApiTags('Split keys')
@Controller(['', 'zvault', 'zauth'])
export class ThawWalletController {
  constructor(private readonly thawWallet: ThawWallet) {}

  @Post('thaw/:client_id')
  @HttpCode(200)
  @Access('token')
  @UseCase(ThawWallet.action, {
    summary: 'Let the split keys of a frozen wallet sign again',
    description: 'Each signs what its own terms allow. Of a wallet that is not frozen it changes nothing.',
    errors: ['REQUEST.INVALID_FIELD', 'WALLET.UNKNOWN'],
  })
  @ApiParam(CLIENT_ID_PARAM)
  @ApiOkResponse({ type: FreezeAnswer })
  async thaw(@TokenCaller() actor: TokenActor, @ClientIdParam() clientId: ClientId): Promise<FreezeAnswer> {
    return freezeAnswer(clientId, await this.thawWallet.execute(actor, clientId));
  }
}
