import { ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';

export class SplitKeyBody {
  @ApiPropertyOptional({
    type: [String],
    nullable: true,
    description: 'the operation groups it may sign for; absent or null: no list, every transaction; []: none',
    example: ['token_transfers'],
  })
  @IsOptional()
  @IsArray({ message: 'restrictions: must be an array of strings' })
  @ArrayMaxSize(100, { message: 'restrictions: must have at most 100 entries' })
  @IsString({ each: true, message: 'restrictions: must be an array of strings' })
  restrictions?: string[] | null;

  @ApiPropertyOptional({ description: 'seconds since 1970; 0 = never; absent: as KEY_TTL_SECONDS says', example: 0 })
  @IsOptional()
  @IsInt({ message: 'expires_at: must be a whole number of seconds since 1970, or 0' })
  @Min(0, { message: 'expires_at: must be a whole number of seconds since 1970, or 0' })
  @Max(Number.MAX_SAFE_INTEGER, { message: 'expires_at: is too large' })
  expires_at?: number | null;
}
