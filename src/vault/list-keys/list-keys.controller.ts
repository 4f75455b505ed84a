import { Controller, Get, Res, type StreamableFile } from '@nestjs/common';
import { ApiParam, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { TokenCaller } from '../../identity/actor.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId } from '../../crypto/key-names.js';
import { CurrentDialect } from '../../http/dialect/dialect.js';
import type { Dialect } from '../../http/dialect/dialect.js';
import { ApiPage, OF_ANY_PAGE } from '../../http/lists/api-page.js';
import { CLIENT_ID_PARAM } from '../../wire/examples.js';
import { ListAnswers } from '../../http/lists/list-answers.js';
import { ClientIdParam } from '../../wire/named-inputs.js';
import { PageQuery } from '../../http/lists/page-query.js';
import type { PageAsked } from '../../http/lists/page-query.js';
import { UseCase } from '../../http/openapi/use-case.js';
import { Access } from '../../identity/access.js';
import { listedSplitKeyAnswer, ListedSplitKeyAnswer } from '../wire/listed-answers.js';
import { ListKeys } from './list-keys.js';

class KeysAnswer {
  @ApiProperty({ type: [ListedSplitKeyAnswer], description: 'oldest first; revoked ones stay, with is_revoked true' })
  keys!: ListedSplitKeyAnswer[];
}

@ApiTags('Split keys')
@Controller(['', 'zvault'])
export class ListKeysController {
  constructor(
    private readonly listKeys: ListKeys,
    private readonly answers: ListAnswers,
  ) {}

  @Get('keys/:client_id')
  @Access('token')
  @UseCase(ListKeys.action, {
    summary: 'List the split keys of a wallet of yours, with their user shares',
    errors: OF_ANY_PAGE,
  })
  @ApiParam(CLIENT_ID_PARAM)
  @ApiPage({ type: KeysAnswer })
  async list(
    @TokenCaller() actor: TokenActor,
    @ClientIdParam() clientId: ClientId,
    @PageQuery() page: PageAsked,
    @CurrentDialect() dialect: Dialect,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | StreamableFile> {
    const form = { before: '{"keys":[', show: listedSplitKeyAnswer(dialect), after: ']}' };
    return this.answers.answer(await this.listKeys.execute(actor, clientId, page), form, page, reply);
  }
}
