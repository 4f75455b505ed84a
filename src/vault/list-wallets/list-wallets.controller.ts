import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { TokenCaller } from '../../audit/actor.js';
import type { TokenActor } from '../../audit/actor.js';
import { UseCase } from '../../http/use-case.js';
import { Access } from '../../identity/access.js';
import { masterKeyAnswer, SplitKeyAnswer } from '../wire/split-key-answer.js';
import { ListWallets } from './list-wallets.js';

@ApiTags('Wallets')
@Controller(['', 'zvault'])
export class ListWalletsController {
  constructor(private readonly listWallets: ListWallets) {}

  @Get('wallets')
  @Access('token')
  @UseCase('list-wallets', { summary: 'List your wallets', errors: [] })
  @ApiOkResponse({ type: [SplitKeyAnswer], description: 'one entry per master key, without secrets' })
  async list(@TokenCaller() actor: TokenActor): Promise<SplitKeyAnswer[]> {
    return (await this.listWallets.execute(actor)).map(masterKeyAnswer);
  }
}
