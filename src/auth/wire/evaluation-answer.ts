import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { exposureAnswer } from '../../restrictions/exposure/exposure-words.js';
import { ExposureDocument, LimitUseDocument } from '../../wire/policy-document.js';
import type { Foreseen } from '../signing/foresee.js';

/** What one rule says to what is asked for. */
export class RuleAnswer {
  @ApiProperty({ description: 'the member of the policy; `standing`, `hash` and `creation_date` are of every key' })
  rule!: string;

  @ApiProperty()
  holds!: boolean;

  @ApiProperty({ description: 'what it allows, for people' })
  allows!: string;

  @ApiProperty({ description: 'what was asked for, as far as it concerns the rule, for people' })
  asked!: string;
}

/** What signing would decide at this moment. Nothing was signed, counted or recorded. */
export class EvaluationAnswer {
  @ApiProperty({ description: 'whether every rule holds' })
  allowed!: boolean;

  @ApiProperty({ type: Number, nullable: true, description: 'of the policy; null of one that is not in force' })
  revision!: number | null;

  @ApiProperty({ type: [RuleAnswer], description: 'every rule that there is, in a fixed order' })
  rules!: RuleAnswer[];

  @ApiProperty({
    type: [LimitUseDocument],
    description: 'the limits of the policy with what is used and left of them, in its order',
  })
  limits!: object[];

  @ApiProperty({
    type: ExposureDocument,
    description: 'the most that the split key can still do, whatever is asked for',
  })
  exposure!: object;

  @ApiPropertyOptional({
    type: [String],
    description: 'of a proposed policy: what it raises above the one in force, a sentence each; empty when nothing',
  })
  raises?: string[];

  @ApiProperty({ description: 'in one line: every rule holds, or the first that does not and how many others' })
  message!: string;
}

/** As {@link EvaluationAnswer}. */
export function evaluationAnswer(foreseen: Foreseen): EvaluationAnswer {
  const { allowed, revision, rules, limits, exposure, raises, message } = foreseen;
  return {
    allowed,
    revision: revision ?? null,
    rules: [...rules],
    limits: [...limits],
    exposure: exposureAnswer(exposure),
    ...(raises === undefined ? {} : { raises: [...raises] }),
    message,
  };
}
