import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { exposureAnswer } from '../../restrictions/exposure/exposure-words.js';
import { policyHash, policyToJson } from '../../restrictions/policy/policy-json.js';
import { EXAMPLE_POLICY, ExposureDocument, LimitUseDocument, PolicyDocument } from '../../wire/policy-document.js';
import type { PolicyRevision } from '../persistence/policy-revisions.js';
import type { PolicyInForce } from '../terms/describe-policy.js';

/** The policy by which the next signature is decided. */
export class PolicyAnswer {
  @ApiProperty({ description: '1, 2, 3 … of the split key; the `ETag` in quotes', example: 1 })
  revision!: number;

  @ApiProperty({ type: PolicyDocument, example: EXAMPLE_POLICY })
  policy!: object;

  @ApiProperty({ description: 'SHA-256 of the canonical policy, 64 hexadecimal digits' })
  hash!: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'why; null if nothing was said. Not for recipients',
  })
  note?: string | null;

  @ApiProperty({ description: 'when it came into force, in seconds since 1970' })
  created_at!: number;

  @ApiPropertyOptional({ description: 'the user who wrote it. Not for recipients' })
  created_by?: string;

  @ApiProperty({ type: [LimitUseDocument], description: 'its limits with what is used of them, in its order' })
  limits!: object[];

  @ApiProperty({ type: ExposureDocument, description: 'the most that the split key can still do' })
  exposure!: object;
}

/** The same, of a policy that has just replaced another. */
export class ReplacedPolicyAnswer extends PolicyAnswer {
  @ApiProperty({
    type: [String],
    description: 'what it raises above the policy before it, a sentence each; empty when nothing',
  })
  raises!: string[];
}

/** A policy that a split key has had, or has. */
export class RevisionAnswer {
  @ApiProperty({ example: 1 })
  revision!: number;

  @ApiProperty({ type: PolicyDocument, nullable: true, description: 'null when it cannot be read' })
  policy!: object | null;

  @ApiProperty({ type: String, nullable: true, description: 'null when it cannot be read' })
  hash!: string | null;

  @ApiProperty({ type: String, nullable: true })
  note!: string | null;

  @ApiProperty({ description: 'in seconds since 1970' })
  created_at!: number;

  @ApiProperty({ description: 'the user who wrote it' })
  created_by!: string;
}

export const ETAG_HEADER = {
  ETag: { description: 'the revision, for `If-Match`', schema: { type: 'string', example: '"1"' } },
} as const;

/** Names the revision alone: what is used of a policy is in its answer, and changes without it. */
export function etagOf({ revision: { revision } }: PolicyInForce): string {
  return `"${revision}"`;
}

/** Notes and authors are the owner's own. */
export function policyAnswer({ revision: kept, limits, exposure }: PolicyInForce, isOwner: boolean): PolicyAnswer {
  const { revision, policy, note, by, atMilliseconds } = kept;
  return {
    revision,
    policy: policyToJson(policy),
    hash: policyHash(policy),
    ...(isOwner ? { note: note ?? null } : {}),
    created_at: secondsOf(atMilliseconds),
    ...(isOwner ? { created_by: by } : {}),
    limits: [...limits],
    exposure: exposureAnswer(exposure),
  };
}

export function revisionAnswer({ revision, policy, note, by, atMilliseconds }: PolicyRevision): RevisionAnswer {
  const isReadable = policy !== 'unreadable';
  return {
    revision,
    policy: isReadable ? policyToJson(policy) : null,
    hash: isReadable ? policyHash(policy) : null,
    note: note ?? null,
    created_at: secondsOf(atMilliseconds),
    created_by: by,
  };
}

function secondsOf(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
