import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Allow, IsInt, IsOptional, Max, Min } from 'class-validator';
import { EXAMPLE_POLICY, PolicyDocument } from '../../wire/policy-document.js';

const MOST_DECISIONS = 1_000;
const RULE = { message: `last: must be a whole number from 1 to ${MOST_DECISIONS}` };

export class SimulatePolicyBody {
  @ApiProperty({
    type: PolicyDocument,
    description: 'the policy that is proposed; without `expires_at` it keeps the end of the split key',
    example: EXAMPLE_POLICY,
  })
  @Allow()
  policy?: unknown;

  @ApiPropertyOptional({
    type: Number,
    nullable: true,
    minimum: 1,
    maximum: MOST_DECISIONS,
    description: 'how many decisions on record to judge, the newest; 100 if absent',
    example: 100,
  })
  @IsOptional()
  @IsInt(RULE)
  @Min(1, RULE)
  @Max(MOST_DECISIONS, RULE)
  last?: number | null;
}
