import { ApiPropertyOptional } from '@nestjs/swagger';
import { Allow, IsOptional } from 'class-validator';
import { IsUnixSeconds } from '../../http/body/is-unix-seconds.js';
import { PolicyDocument } from '../../wire/policy-document.js';
import { IsRestrictionNames } from '../../wire/restrictions.body.js';

export class SplitKeyBody {
  @ApiPropertyOptional({
    type: PolicyDocument,
    nullable: true,
    example: { operations: ['token_transfers'], max_value: '20000000000', expires_at: 0 },
    description:
      'all of what it may sign; beside it `restrictions` and `expires_at` must say the same. In both dialects, since a ' +
      'key for which it was passed over could do everything',
  })
  @IsOptional()
  @Allow()
  policy?: unknown;

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
    type: 'integer',
    nullable: true,
    description: 'seconds since 1970, at most 100 years ahead; 0 = never; absent: as KEY_TTL_SECONDS says',
    example: 0,
  })
  @IsOptional()
  @IsUnixSeconds()
  expires_at?: number | null;
}
