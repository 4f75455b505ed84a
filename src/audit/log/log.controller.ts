import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiProperty, ApiTags } from '@nestjs/swagger';
import { DomainError } from '../../errors/domain-error.js';
import { Access } from '../../identity/access.js';
import { encodeVkey } from '../tlog/verifier-key.js';
import { Checkpoints } from './checkpoints.js';

class LogKeysAnswer {
  @ApiProperty({ description: 'the name of the log, as its checkpoints bear it', example: 'kms.example.org/audit' })
  origin!: string;

  @ApiProperty({ description: 'verifies checkpoints: a verifier key of C2SP signed notes, of Ed25519' })
  checkpoints!: string;

  @ApiProperty({ description: 'verifies the times in checkpoints: of cosignature/v1' })
  times!: string;

  @ApiProperty({ description: 'verifies promises of entries: of Ed25519' })
  promises!: string;
}

@ApiTags('Record')
@Controller('audit')
export class LogController {
  constructor(private readonly log: Checkpoints) {}

  @Get('checkpoint')
  @Access('public')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @ApiOperation({
    operationId: 'read-checkpoint',
    summary: 'Get the newest signed checkpoint of the record',
    description:
      'A C2SP signed note: the name of the log, how many entries it has, and the root of their tree (RFC 6962), signed by ' +
      'the log and cosigned with the time. Whoever keeps it can show later that the record was changed.',
    security: [],
  })
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: 'the note', content: { 'text/plain': { schema: { type: 'string' } } } })
  checkpoint(): string {
    const { newest } = this.log;
    if (newest === undefined) throw new DomainError('AUDIT.UNAVAILABLE', 'there is no checkpoint of the record yet');
    return newest.note;
  }

  @Get('key')
  @Access('public')
  @ApiOperation({
    operationId: 'read-log-keys',
    summary: 'Get the keys that verify what the record signs',
    description: 'Keep them before you need them: who would forge a checkpoint would forge this answer as well.',
    security: [],
  })
  @ApiOkResponse({ type: LogKeysAnswer })
  keys(): LogKeysAnswer {
    const { epoch, checkpoints, times, promises } = this.log.log;
    return {
      origin: epoch.origin,
      checkpoints: encodeVkey(checkpoints.key),
      times: encodeVkey(times.key),
      promises: encodeVkey(promises.key),
    };
  }
}
