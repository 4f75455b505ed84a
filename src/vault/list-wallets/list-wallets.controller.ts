import { Controller, Get, Res, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { TokenCaller } from '../../identity/actor.js';
import type { TokenActor } from '../../identity/actor.js';
import { CurrentDialect } from '../../http/dialect/dialect.js';
import type { Dialect } from '../../http/dialect/dialect.js';
import { ApiPage, OF_ANY_PAGE } from '../../http/lists/api-page.js';
import { BARE_ARRAY, ListAnswers } from '../../http/lists/list-answers.js';
import { PageQuery } from '../../http/lists/page-query.js';
import type { PageAsked } from '../../http/lists/page-query.js';
import { UseCase } from '../../http/openapi/use-case.js';
import { Access } from '../../identity/access.js';
import { ListedWalletAnswer, listedWalletAnswer } from '../wire/listed-answers.js';
import { ListWallets } from './list-wallets.js';

@ApiTags('Wallets')
@Controller(['', 'zvault'])
export class ListWalletsController {
  constructor(
    private readonly listWallets: ListWallets,
    private readonly answers: ListAnswers,
  ) {}

  @Get('wallets')
  @Access('token')
  @UseCase(ListWallets.action, { summary: 'List your wallets', errors: OF_ANY_PAGE })
  @ApiPage({ type: [ListedWalletAnswer], description: 'one entry per master key, without secrets' })
  async list(
    @TokenCaller() actor: TokenActor,
    @PageQuery() page: PageAsked,
    @CurrentDialect() dialect: Dialect,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | StreamableFile> {
    const form = { ...BARE_ARRAY, show: listedWalletAnswer(dialect) };
    return this.answers.answer(await this.listWallets.execute(actor, page), form, page, reply);
  }
}
