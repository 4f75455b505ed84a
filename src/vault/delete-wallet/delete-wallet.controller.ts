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
import { DeleteWallet } from './delete-wallet.js';

@ApiTags('Wallets')
@Controller(['', 'zvault'])
export class DeleteWalletController {
  constructor(private readonly deleteWallet: DeleteWallet) {}

  @Post('delete/:client_id')
  @HttpCode(200)
  @Access('token')
  @UseCase(DeleteWallet.action, {
    summary: 'Delete a master key and all its split keys',
    description:
      'All split keys end at once and for good. The master key is destroyed after DELETION_GRACE_DAYS; until then POST ' +
      '/undelete brings the wallet back. Afterwards, without the 24 words or the private key, it is lost.',
    errors: ['REQUEST.INVALID_FIELD', 'WALLET.UNKNOWN'],
  })
  @ApiParam(CLIENT_ID_PARAM)
  @ApiOkResponse({ schema: EMPTY_ANSWER_SCHEMA })
  async delete(@TokenCaller() actor: TokenActor, @ClientIdParam() clientId: ClientId): Promise<EmptyAnswer> {
    await this.deleteWallet.execute(actor, clientId);
    return {};
  }
}
