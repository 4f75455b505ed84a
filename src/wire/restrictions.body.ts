import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsString } from 'class-validator';

/** More names than there are groups. */
const MOST_NAMES = 100;

/** A body's list of operation groups, of which it is only checked here that they are a list of strings. */
export function IsRestrictionNames(): PropertyDecorator {
  const message = 'restrictions: must be an array of strings';
  return applyDecorators(
    IsArray({ message }),
    ArrayMaxSize(MOST_NAMES, { message: `restrictions: must have at most ${MOST_NAMES} entries` }),
    IsString({ each: true, message }),
  );
}

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
