import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EXAMPLE_TRANSACTION } from './examples.js';

/** What carries a policy: 1,000 recipients are 67 KB. */
export const POLICY_BODY_BYTES = 262_144;

/** Twice as many values as the largest policy has. */
export const MOST_POLICY_VALUES = 4_096;

/** Sends at most 2 ZCN at once and 5 ZCN in any 24 hours, to the recipient of the example transaction. */
export const EXAMPLE_POLICY = {
  operations: ['transfer'],
  recipients: [EXAMPLE_TRANSACTION.to_client_id],
  max_value: '20000000000',
  limits: [{ kind: 'rolling', window_seconds: 86_400, max_value: '50000000000' }],
  messages: 'none',
} as const;

const SAS = { type: String, pattern: '^(0|[1-9][0-9]{0,19})$' } as const;

/** A limit of a policy. One of the two maxima is there at least. */
export class LimitDocument {
  @ApiProperty({ enum: ['rolling', 'period', 'total'] })
  kind!: string;

  @ApiPropertyOptional({ description: 'of `rolling`: 1 to 31,536,000' })
  window_seconds?: number;

  @ApiPropertyOptional({ description: 'of `period`: 1 to 31,536,000' })
  period_seconds?: number;

  @ApiPropertyOptional({ description: 'of `period`: when one of them begins, in seconds since 1970' })
  anchor?: number;

  @ApiPropertyOptional({ ...SAS, description: 'SAS' })
  max_value?: string;

  @ApiPropertyOptional({ description: 'a number of signatures' })
  max_count?: number;

  @ApiPropertyOptional({
    enum: ['transactions', 'messages', 'all'],
    description: 'what it counts; transactions if absent',
  })
  of?: string;

  @ApiPropertyOptional({ type: [String], description: 'counts transactions of these operations alone' })
  operations?: string[];
}

/** A limit with what is used of it. */
export class LimitUseDocument extends LimitDocument {
  @ApiProperty({ ...SAS, nullable: true, description: 'SAS; null where there is no such maximum' })
  declare max_value: string;

  @ApiProperty({ ...SAS, description: 'in the window that ends now' })
  used_value!: string;

  @ApiProperty({ ...SAS, nullable: true })
  left_value!: string;

  @ApiProperty({ type: Number, nullable: true })
  declare max_count: number;

  @ApiProperty()
  used_count!: number;

  @ApiProperty({ type: Number, nullable: true })
  left_count!: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'when more will be free, in seconds since 1970; null when never, or when nothing is used',
  })
  next_free_at!: number;
}

/** Hours of the week. */
export class HoursDocument {
  @ApiProperty({ type: [String], example: ['mon', 'tue'] })
  days!: string[];

  @ApiProperty({ example: '09:00' })
  from!: string;

  @ApiProperty({ description: 'excluded; before `from`: over midnight', example: '17:00' })
  to!: string;

  @ApiProperty({ description: "a name of the IANA's database", example: 'Europe/Berlin' })
  time_zone!: string;
}

/** What one split key may sign. Everything that is there must hold; what is absent limits nothing. */
export class PolicyDocument {
  @ApiPropertyOptional({
    type: [String],
    description: 'groups, `contract:function`, `transfer`, `data`; only these. Absent: everything. []: nothing',
    example: EXAMPLE_POLICY.operations,
  })
  operations?: string[];

  @ApiPropertyOptional({
    type: [String],
    description: 'client ids, at most 1,000: whatever goes to no known contract must go to one of these',
    example: EXAMPLE_POLICY.recipients,
  })
  recipients?: string[];

  @ApiPropertyOptional({ ...SAS, description: 'SAS, of one transaction', example: EXAMPLE_POLICY.max_value })
  max_value?: string;

  @ApiPropertyOptional({ type: [LimitDocument], description: 'at most 8', example: EXAMPLE_POLICY.limits })
  limits?: LimitDocument[];

  @ApiPropertyOptional({ description: 'signs from then on, in seconds since 1970; 0 = none' })
  not_before?: number;

  @ApiPropertyOptional({ description: 'signs until before then, in seconds since 1970; 0 = none' })
  expires_at?: number;

  @ApiPropertyOptional({ type: [HoursDocument], description: 'signs while one of them holds; at most 20' })
  hours?: HoursDocument[];

  @ApiPropertyOptional({ description: '1 to 86,400: a creation date must be as near to now' })
  creation_window_seconds?: number;

  @ApiPropertyOptional({ enum: ['any', 'typed', 'none'], example: EXAMPLE_POLICY.messages })
  messages?: string;
}

/** The most that a split key can still do. Null is: no bound. */
export class ExposureDocument {
  @ApiProperty({ ...SAS, nullable: true, description: 'SAS that it can move in the next 24 hours' })
  tokens_today!: string;

  @ApiProperty({ ...SAS, nullable: true, description: 'in the next 30 times 24 hours' })
  tokens_30_days!: string;

  @ApiProperty({ ...SAS, nullable: true })
  tokens_until_end!: string;

  @ApiProperty({ type: Number, nullable: true, description: 'seconds since 1970; null = never' })
  ends_at!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'to how many it can send tokens; null = to any' })
  addresses!: number;

  @ApiProperty({ type: [String], nullable: true, description: 'which calls it can make; null = every one' })
  calls!: string[];

  @ApiProperty({ description: 'if so, it can do everything' })
  messages_can_be_transactions!: boolean;

  @ApiProperty({ description: 'the same in one line of text' })
  summary!: string;
}
