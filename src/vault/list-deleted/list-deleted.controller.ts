import { Controller, Get, Res, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { TokenCaller } from '../../identity/actor.js';
import type { TokenActor } from '../../identity/actor.js';
import { ApiPage, OF_ANY_PAGE } from '../../http/lists/api-page.js';
import { BARE_ARRAY, ListAnswers } from '../../http/lists/list-answers.js';
import { PageQuery } from '../../http/lists/page-query.js';
import type { PageAsked } from '../../http/lists/page-query.js';
import { UseCase } from '../../http/openapi/use-case.js';
import { Access } from '../../identity/access.js';
import { deletedWalletAnswer, DeletedWalletAnswer } from '../wire/deleted-wallet-answer.js';
import { ListDeleted } from './list-deleted.js';

/** The documented API alone: clients of the SDK dialect know no such wallets. */
@ApiTags('Wallets')
@Controller('')
export class ListDeletedController {
  constructor(
    private readonly listDeleted: ListDeleted,
    private readonly answers: ListAnswers,
  ) {}

  @Get('wallets/deleted')
  @Access('token')
  @UseCase(ListDeleted.action, {
    summary: 'List your deleted wallets that can still be brought back',
    errors: OF_ANY_PAGE,
  })
  @ApiPage({ type: [DeletedWalletAnswer], description: 'the first to go first' })
  async list(
    @TokenCaller() actor: TokenActor,
    @PageQuery() page: PageAsked,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | StreamableFile> {
    const form = { ...BARE_ARRAY, show: deletedWalletAnswer };
    return this.answers.answer(await this.listDeleted.execute(actor, page), form, page, reply);
  }
}
