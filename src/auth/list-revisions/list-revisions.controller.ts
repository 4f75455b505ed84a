import { Controller, Get, Res, type StreamableFile } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { TokenCaller } from '../../identity/actor.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import { ApiPage, OF_ANY_PAGE } from '../../http/lists/api-page.js';
import { BARE_ARRAY, ListAnswers } from '../../http/lists/list-answers.js';
import { PageQuery } from '../../http/lists/page-query.js';
import type { PageAsked } from '../../http/lists/page-query.js';
import { UseCase } from '../../http/openapi/use-case.js';
import { Access } from '../../identity/access.js';
import { ApiPeerPublicKey, SDK_CLIENT_ID_PARAM } from '../../wire/examples.js';
import { ClientIdParam, PeerPublicKeyHeader } from '../../wire/named-inputs.js';
import { revisionAnswer, RevisionAnswer } from '../wire/policy-answer.js';
import { ListRevisions } from './list-revisions.js';

@ApiTags('Policies')
@Controller('')
export class ListRevisionsController {
  constructor(
    private readonly listRevisions: ListRevisions,
    private readonly answers: ListAnswers,
  ) {}

  @Get('policy/:client_id/revisions')
  @Access('token')
  @UseCase(ListRevisions.action, {
    summary: 'List every policy that a split key of yours has had',
    errors: [...OF_ANY_PAGE, 'REQUEST.MISSING_HEADER', 'SPLIT_KEY.UNKNOWN'],
  })
  @ApiParam(SDK_CLIENT_ID_PARAM)
  @ApiPeerPublicKey(true)
  @ApiPage({ type: [RevisionAnswer], description: 'the newest first' })
  async list(
    @TokenCaller() actor: TokenActor,
    @ClientIdParam() clientId: ClientId,
    @PeerPublicKeyHeader() publicKey: PublicKeyHex,
    @PageQuery() page: PageAsked,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | StreamableFile> {
    const revisions = await this.listRevisions.execute(actor, clientId, publicKey, page);
    return this.answers.answer(revisions, { ...BARE_ARRAY, show: revisionAnswer }, page, reply);
  }
}
