import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class LiveAnswer {
  @ApiProperty({ example: 'live' })
  status!: string;
}

export class ReadyAnswer {
  @ApiProperty({ enum: ['ready', 'not ready'], example: 'ready' })
  status!: 'ready' | 'not ready';

  @ApiProperty({
    description: 'every check by its name: the service is ready when all of them are',
    example: {
      engine: 'ready',
      database: 'ready',
      database_file: 'ready',
      disk_space: 'ready',
      clock: 'ready',
      record: 'ready',
      seal: 'ready',
      signing_workers: 'ready',
    },
    additionalProperties: { type: 'string', enum: ['ready', 'not ready'] },
  })
  checks!: Record<string, 'ready' | 'not ready'>;

  @ApiPropertyOptional({
    description: 'for each check that is not ready, why: for humans, not to be compared',
    example: { disk_space: 'less than 64 MiB are free on the disk' },
    additionalProperties: { type: 'string' },
  })
  reasons?: Record<string, string>;

  @ApiPropertyOptional({
    type: [String],
    description:
      'what leaves the service ready and should be mended: settings that weaken it, and how its record is kept. For humans',
    example: ['checkpoints: entries have waited for one for longer than 30 seconds'],
  })
  warnings?: string[];
}
