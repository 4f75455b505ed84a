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
import { FreezeWallet } from './freeze-wallet.js';

/** Under both prefixes: whoever is in a hurry need not know which half decides. */
@ApiTags('Split keys')
@Controller(['', 'zvault', 'zauth'])
export class FreezeWalletController {
  constructor(private readonly freezeWallet: FreezeWallet) {}

  @Post('freeze/:client_id')
  @HttpCode(200)
  @Access('token')
  @UseCase(FreezeWallet.action, {
    summary: 'Stop all split keys of a wallet of yours',
    description:
      'When this has answered, nothing is signed with any of them, nor with what is made, set up or lent later, until the ' +
      'wallet is thawed. Lists show it; revoking, restricting and deleting go on. Freezing it again is fine.',
    errors: ['REQUEST.INVALID_FIELD', 'WALLET.UNKNOWN'],
  })
  @ApiParam(CLIENT_ID_PARAM)
  @ApiOkResponse({ type: FreezeAnswer })
  async freeze(@TokenCaller() actor: TokenActor, @ClientIdParam() clientId: ClientId): Promise<FreezeAnswer> {
    return freezeAnswer(clientId, await this.freezeWallet.execute(actor, clientId));
  }
}
