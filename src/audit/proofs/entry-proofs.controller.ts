import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Refuses } from '../../http/openapi/use-case.js';
import { Access } from '../../identity/access.js';
import { EntryProofs } from './entry-proofs.js';

@ApiTags('Record')
@Controller('audit')
export class EntryProofsController {
  constructor(private readonly proofs: EntryProofs) {}

  @Get(':entry/proof')
  @Access('public')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @ApiOperation({
    operationId: 'read-entry-proof',
    summary: 'Get the proof that an entry is in the log of the record',
    description:
      'Needs no token: the id, which nobody can guess, is given with the answer that the entry is of. The proof is a file ' +
      'of C2SP’s tlog-proof: the place of the entry, the hashes that lead from it to the root of the newest checkpoint, ' +
      'and that checkpoint. Whoever keeps it with the entry can show, without asking anybody, that it was recorded.',
    security: [],
  })
  @ApiParam({ name: 'entry', description: 'as `X-Audit-Entry` had it', example: 'AAAAAAAAAAFBL0LpBTX9N6DoPjnAGvfQ' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: 'the proof', content: { 'text/plain': { schema: { type: 'string' } } } })
  @Refuses(['AUDIT.ENTRY_UNKNOWN', 'AUDIT.NO_CHECKPOINT_YET'])
  read(@Param('entry') entry: string): Promise<string> {
    return this.proofs.of(entry);
  }
}
