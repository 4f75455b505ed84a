import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { OF_ANY_PAGE } from '../../http/lists/api-page.js';
import { UseCase } from '../../http/openapi/use-case.js';
import { Access } from '../../identity/access.js';
import { TokenCaller } from '../../identity/actor.js';
import type { TokenActor } from '../../identity/actor.js';
import { CLIENT_ID_PARAM } from '../../wire/examples.js';
import { ACTIONS } from '../action.js';
import { OUTCOMES } from '../outcome.js';
import { ReadRecord } from './read-record.js';
import { MOST_OF_A_PAGE, nextPageLink, RecordQuery, USUAL_PAGE } from './read-record.request.js';
import type { RecordAsked } from './read-record.request.js';

class EntryAnswer {
  @ApiProperty({ description: 'of the entry, for whoever may ask for it: 32 characters' })
  id!: string;

  @ApiProperty({
    description:
      'its text, byte for byte as it is hashed: one JSON object in canonical form (RFC 8785). Its leaf of the tree is ' +
      'the SHA-256 of a zero byte and this text in UTF-8',
  })
  entry!: string;
}

class RecordAnswer {
  @ApiProperty({ type: [EntryAnswer], description: 'the newest first' })
  entries!: EntryAnswer[];
}

@ApiTags('Record')
@Controller('')
export class ReadRecordController {
  constructor(private readonly readRecord: ReadRecord) {}

  @Get('audit')
  @Access('token')
  @UseCase(ReadRecord.action, {
    summary: 'Read what the record says of a wallet of yours, or of a split key that is lent to you',
    errors: [...OF_ANY_PAGE, 'WALLET.UNKNOWN'],
  })
  @ApiQuery({ ...CLIENT_ID_PARAM, required: true })
  @ApiQuery({
    name: 'after',
    required: false,
    description: 'where to go on: from the `Link` header of the page before',
    schema: { type: 'string' },
  })
  @ApiQuery({
    name: 'limit',
    required: false,
    description: `how many entries at most; ${USUAL_PAGE} if absent`,
    schema: { type: 'integer', minimum: 1, maximum: MOST_OF_A_PAGE },
  })
  @ApiQuery({ name: 'outcome', required: false, schema: { type: 'string', enum: [...OUTCOMES] } })
  @ApiQuery({ name: 'action', required: false, schema: { type: 'string', enum: [...ACTIONS] } })
  @ApiOkResponse({
    type: RecordAnswer,
    headers: {
      Link: {
        description:
          'where the next page is (RFC 8288, rel="next"), if there may be one; a page that has one may be short, or empty',
        schema: { type: 'string', example: '<?client_id=…&after=AAAAAAAAAAE>; rel="next"' },
      },
    },
  })
  async read(
    @TokenCaller() actor: TokenActor,
    @RecordQuery() asked: RecordAsked,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecordAnswer> {
    const { entries, next } = await this.readRecord.execute(actor, asked);
    if (next !== undefined) void reply.header('Link', nextPageLink(asked, next));
    return { entries: entries.map(({ entryId, text }) => ({ id: entryId, entry: text })) };
  }
}
