import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { TokenCaller } from '../../audit/actor.js';
import type { TokenActor } from '../../audit/actor.js';
import { UseCase } from '../../http/use-case.js';
import { Access } from '../../identity/access.js';
import { splitKeyAnswer, SplitKeyAnswer } from '../wire/split-key-answer.js';
import { ListShared } from './list-shared.js';

@ApiTags('Sharing')
@Controller(['', 'zvault'])
export class ListSharedController {
  constructor(private readonly listShared: ListShared) {}

  @Get('wallets/shared')
  @Access('token')
  @UseCase('list-shared', { summary: 'List the split keys that others have shared with you', errors: [] })
  @ApiOkResponse({ type: [SplitKeyAnswer] })
  async list(@TokenCaller() actor: TokenActor): Promise<SplitKeyAnswer[]> {
    return (await this.listShared.execute(actor)).map(splitKeyAnswer);
  }
}
