import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsRestrictionNames } from '../../http/restriction-names.js';

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

  @ApiPropertyOptional({ description: 'seconds since 1970; 0 = never; absent: as KEY_TTL_SECONDS says', example: 0 })
  @IsOptional()
  @IsInt({ message: 'expires_at: must be a whole number of seconds since 1970, or 0' })
  @Min(0, { message: 'expires_at: must be a whole number of seconds since 1970, or 0' })
  @Max(Number.MAX_SAFE_INTEGER, { message: 'expires_at: is too large' })
  expires_at?: number | null;
}
