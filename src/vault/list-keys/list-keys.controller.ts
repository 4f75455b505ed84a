import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiProperty, ApiTags } from '@nestjs/swagger';
import { TokenCaller } from '../../audit/actor.js';
import type { TokenActor } from '../../audit/actor.js';
import type { ClientId } from '../../crypto/key-names.js';
import { CLIENT_ID_PARAM } from '../../http/examples.js';
import { ClientIdParam } from '../../http/named-inputs.js';
import { UseCase } from '../../http/use-case.js';
import { Access } from '../../identity/access.js';
import { splitKeyAnswer, SplitKeyAnswer } from '../wire/split-key-answer.js';
import { ListKeys } from './list-keys.js';

class KeysAnswer {
  @ApiProperty({ type: [SplitKeyAnswer], description: 'oldest first; revoked ones stay, with is_revoked true' })
  keys!: SplitKeyAnswer[];
}

@ApiTags('Split keys')
@Controller(['', 'zvault'])
export class ListKeysController {
  constructor(private readonly listKeys: ListKeys) {}

  @Get('keys/:client_id')
  @Access('token')
  @UseCase('list-keys', {
    summary: 'List the split keys of a wallet of yours, with their user shares',
    errors: ['REQUEST.INVALID_FIELD'],
  })
  @ApiParam(CLIENT_ID_PARAM)
  @ApiOkResponse({ type: KeysAnswer })
  async list(@TokenCaller() actor: TokenActor, @ClientIdParam() clientId: ClientId): Promise<KeysAnswer> {
    return { keys: (await this.listKeys.execute(actor, clientId)).map(splitKeyAnswer) };
  }
}
