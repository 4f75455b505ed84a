import { ApiProperty } from '@nestjs/swagger';
import type { JudgedAnew, Simulation } from './simulate.js';

/** A decision that would have been another one. */
export class JudgedAnewAnswer {
  @ApiProperty({ description: 'when it was decided, in seconds since 1970' })
  at!: number;

  @ApiProperty({ enum: ['transaction', 'message'] })
  kind!: string;

  @ApiProperty({ description: 'what was to be signed' })
  hash!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'null of messages, and of what is no operation for certain',
  })
  operation!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'SAS; null where there is none, or it is not known' })
  value!: string | null;

  @ApiProperty({ type: String, nullable: true })
  to_client_id!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'the rule that refuses: the proposed one, or the one that did; null where the record does not say',
  })
  rule!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'why, in one word of a fixed set' })
  reason!: string | null;
}

/** What a policy would have made of decisions that were taken. */
export class SimulationAnswer {
  @ApiProperty({ description: 'how many decisions were judged', example: 1 })
  judged!: number;

  @ApiProperty({ description: 'of how many the record does not say what was asked', example: 0 })
  unknown!: number;

  @ApiProperty({ type: [JudgedAnewAnswer], description: 'the oldest first', example: [] })
  newly_allowed!: JudgedAnewAnswer[];

  @ApiProperty({ type: [JudgedAnewAnswer], description: 'the oldest first', example: [] })
  newly_refused!: JudgedAnewAnswer[];
}

export function simulationAnswer({ judged, unknown, newlyAllowed, newlyRefused }: Simulation): SimulationAnswer {
  return {
    judged,
    unknown,
    newly_allowed: newlyAllowed.map(judgedAnew),
    newly_refused: newlyRefused.map(judgedAnew),
  };
}

function judgedAnew({ decision, facts, rule, reason }: JudgedAnew): JudgedAnewAnswer {
  const transaction = 'operation' in facts ? facts : undefined;
  const operation = transaction?.operation;
  return {
    at: Math.floor(decision.atMs / 1000),
    kind: decision.kind,
    hash: decision.hash,
    operation: operation !== undefined && 'name' in operation ? operation.name : null,
    value: transaction?.valueSas.toString() ?? null,
    to_client_id: transaction?.toClientId ?? null,
    rule: rule ?? null,
    reason: reason ?? null,
  };
}
