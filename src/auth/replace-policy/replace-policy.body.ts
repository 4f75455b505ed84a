import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Allow, IsOptional, IsString } from 'class-validator';
import { EXAMPLE_POLICY, PolicyDocument } from '../../wire/policy-document.js';

export class ReplacePolicyBody {
  @ApiProperty({
    type: PolicyDocument,
    description: 'the whole policy; without `expires_at` the present end is kept, and 0 takes it away',
    example: EXAMPLE_POLICY,
  })
  @Allow()
  policy?: unknown;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'why, for those who read the revisions: at most 1,000 characters',
    example: 'a spending card',
  })
  @IsOptional()
  @IsString({ message: 'note: must be text' })
  note?: string | null;
}
