import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiQuery } from '@nestjs/swagger';
import type { ApiResponseNoStatusOptions } from '@nestjs/swagger';
import type { ErrorCode } from '../../errors/error-catalogue.js';
import { MOST_OF_A_PAGE } from './page-query.js';

/** What the query of a list can do wrong. */
export const OF_ANY_PAGE = [
  'REQUEST.INVALID_FIELD',
  'REQUEST.UNKNOWN_PARAMETER',
] as const satisfies readonly ErrorCode[];

/** Documents the parameters of `PageQuery`, and the answer with its `Link`. */
export function ApiPage(answer: ApiResponseNoStatusOptions): MethodDecorator {
  return applyDecorators(
    ApiOkResponse({
      ...answer,
      headers: {
        Link: {
          description: 'where the next page is (RFC 8288, rel="next"), if there is one',
          schema: { type: 'string', example: '<?limit=100&cursor=AbC>; rel="next"' },
        },
      },
    }),
    ApiQuery({
      name: 'limit',
      required: false,
      description: `how many entries at most; ${MOST_OF_A_PAGE} if absent`,
      schema: { type: 'integer', minimum: 1, maximum: MOST_OF_A_PAGE },
    }),
    ApiQuery({
      name: 'cursor',
      required: false,
      description: 'where to go on: from the `Link` header of the page before',
      schema: { type: 'string' },
    }),
    ApiQuery({
      name: 'shares',
      required: false,
      description: '`none` leaves the user shares out: `private_key` is empty, and nothing is unsealed',
      schema: { type: 'string', enum: ['none'] },
    }),
  );
}
