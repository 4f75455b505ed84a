import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsString } from 'class-validator';

/** The body of PUT `/restrictions/:client_id`, the same for ZVault and ZAuth. */
export class RestrictionsBody {
  @ApiProperty({
    type: [String],
    description: 'the operation groups it may sign for; []: none; ["*"]: takes the list away',
    example: ['token_transfers'],
  })
  @IsArray({ message: 'restrictions: must be an array of strings' })
  @ArrayMaxSize(100, { message: 'restrictions: must have at most 100 entries' })
  @IsString({ each: true, message: 'restrictions: must be an array of strings' })
  restrictions!: string[];
}
