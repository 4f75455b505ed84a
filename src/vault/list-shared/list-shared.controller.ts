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
import { listedSplitKeyAnswer, ListedSplitKeyAnswer } from '../wire/listed-answers.js';
import { ListShared } from './list-shared.js';

@ApiTags('Sharing')
@Controller(['', 'zvault'])
export class ListSharedController {
  constructor(
    private readonly listShared: ListShared,
    private readonly answers: ListAnswers,
  ) {}

  @Get('wallets/shared')
  @Access('token')
  @UseCase(ListShared.action, { summary: 'List the split keys that others have shared with you', errors: OF_ANY_PAGE })
  @ApiPage({ type: [ListedSplitKeyAnswer] })
  async list(
    @TokenCaller() actor: TokenActor,
    @PageQuery() page: PageAsked,
    @CurrentDialect() dialect: Dialect,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | StreamableFile> {
    const form = { ...BARE_ARRAY, show: listedSplitKeyAnswer(dialect) };
    return this.answers.answer(await this.listShared.execute(actor, page), form, page, reply);
  }
}
