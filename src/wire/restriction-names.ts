import { applyDecorators } from '@nestjs/common';
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
