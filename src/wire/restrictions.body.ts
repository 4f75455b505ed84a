import { ApiProperty } from '@nestjs/swagger';
import { IsRestrictionNames } from './restriction-names.js';

/** The body of PUT `/restrictions/:client_id`, the same for ZVault and ZAuth. */
export class RestrictionsBody {
  @ApiProperty({
    type: [String],
    description: 'the operation groups it may sign for; []: none; ["*"]: takes the list away',
    example: ['token_transfers'],
  })
  @IsRestrictionNames()
  restrictions!: string[];
}
