import { ApiProperty } from '@nestjs/swagger';

/** What ZAuth answers where there is nothing to tell (wire.md section 5). */
export class SuccessAnswer {
  @ApiProperty({ example: 'success' })
  result!: string;
}

export const SUCCESS: SuccessAnswer = { result: 'success' };
