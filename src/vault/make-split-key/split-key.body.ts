import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsUnixSeconds } from '../../http/body/is-unix-seconds.js';
import { IsRestrictionNames } from '../../wire/restrictions.body.js';

export class SplitKeyBody {
  @ApiPropertyOptional({
    type: [String],
    nullable: true,
    description: 'the operation groups it may sign for; absent or null: no list, every transaction; []: none',
    example: ['token_transfers'],
  })
  @IsOptional()
  @IsRestrictionNames()
  restrictions?: string[] | null;

  @ApiPropertyOptional({
    description: 'seconds since 1970, at most 100 years ahead; 0 = never; absent: as KEY_TTL_SECONDS says',
    example: 0,
  })
  @IsOptional()
  @IsUnixSeconds()
  expires_at?: number | null;
}
