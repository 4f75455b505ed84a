import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { TokenCaller } from '../../identity/actor.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId } from '../../crypto/key-names.js';
import { SDK_CLIENT_ID_PARAM } from '../../wire/examples.js';
import { ClientIdParam } from '../../wire/named-inputs.js';
import { UseCase } from '../../http/openapi/use-case.js';
import { Access } from '../../identity/access.js';
import { SUCCESS, SuccessAnswer } from '../wire/success-answer.js';
import { DeleteShares } from './delete-shares.js';

/** SDK dialect only: at the root `/delete` is ZVault's (wire.md section 1). */
@ApiTags('SDK dialect')
@Controller('zauth')
export class DeleteSharesController {
  constructor(private readonly deleteShares: DeleteShares) {}

  @Post('delete/:client_id')
  @HttpCode(200)
  @Access('token')
  @UseCase(DeleteShares.action, {
    summary: 'Delete the server shares of a wallet at ZAuth',
    errors: ['REQUEST.INVALID_FIELD', 'SPLIT_KEY.UNKNOWN'],
  })
  @ApiParam(SDK_CLIENT_ID_PARAM)
  @ApiOkResponse({ type: SuccessAnswer })
  async delete(@TokenCaller() actor: TokenActor, @ClientIdParam() clientId: ClientId): Promise<SuccessAnswer> {
    await this.deleteShares.execute(actor, clientId);
    return SUCCESS;
  }
}
