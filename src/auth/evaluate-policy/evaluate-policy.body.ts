import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EXAMPLE_SPLIT_KEY, EXAMPLE_TRANSACTION } from '../../wire/examples.js';
import { EXAMPLE_POLICY, PolicyDocument } from '../../wire/policy-document.js';

const UNSIGNED = Object.fromEntries(
  Object.entries(EXAMPLE_TRANSACTION).filter(([name]) => name !== 'hash' && name !== 'signature'),
);

/** What `questionIn` reads beside either form, described for the OpenAPI document. */
class ProposedPolicyBody {
  @ApiPropertyOptional({
    type: PolicyDocument,
    nullable: true,
    description: 'for the owner: judge by this policy in place of the one in force, whose end it keeps if it says none',
    example: EXAMPLE_POLICY,
  })
  policy?: object | null;
}

export class EvaluateTransactionBody extends ProposedPolicyBody {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'as POST `/sign/txn` takes it; `hash` and `signature` may be left out',
    example: UNSIGNED,
  })
  transaction!: object;
}

export class EvaluateMessageBody extends ProposedPolicyBody {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'what would be signed, as POST `/sign/msg` takes it; may be left out where the text is there',
    example: EXAMPLE_SPLIT_KEY.hash,
  })
  hash?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'its text', example: EXAMPLE_SPLIT_KEY.text })
  message?: string | null;
}
