import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../errors/domain-error.js';
import { parsePolicy } from '../../restrictions/policy/parse-policy.js';
import type { ReplacePolicyBody } from './replace-policy.body.js';
import type { ProposedPolicy } from './replace-policy.js';

const HEADER = 'If-Match';
const MOST_OF_A_NOTE = 1_000;
/** One strong entity tag of RFC 9110. */
const STRONG_TAG = /^"[\x21\x23-\x7E\x80-\xFF]*"$/;
const REVISION = /^"([1-9][0-9]{0,14})"$/;

/**
 * The revision that a call is to replace, from `If-Match`; 0 for a tag that no revision ever had. A list of tags and `*`,
 * which stand for more than one revision, are refused: then nobody would have read what is replaced.
 *
 * Throws `POLICY.REVISION_REQUIRED` and `REQUEST.INVALID_FIELD`.
 */
export function revisionToReplace(header: string | undefined): number {
  if (header === undefined || header === '') {
    throw new DomainError(
      'POLICY.REVISION_REQUIRED',
      `the header ${HEADER} is required: the ETag of what is replaced`,
      {
        field: HEADER,
      },
    );
  }
  if (!STRONG_TAG.test(header)) {
    const rule = 'must be one ETag as it was answered, such as "3" with its quotes; neither weak, nor a list, nor *';
    throw new DomainError('REQUEST.INVALID_FIELD', `${HEADER}: ${rule}`, { field: HEADER });
  }
  return Number(REVISION.exec(header)?.[1] ?? 0);
}

/** As {@link revisionToReplace}. */
export const RevisionToReplace = createParamDecorator((_: unknown, context: ExecutionContext): number =>
  revisionToReplace(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
);

/** Documents the header. */
export const ApiRevisionToReplace = (): MethodDecorator =>
  ApiHeader({
    name: HEADER,
    required: true,
    description:
      'the `ETag` of the policy that this one replaces; when another is in force by then, nothing is changed',
    schema: { type: 'string', example: '"1"' },
  });

/** Throws `REQUEST.INVALID_FIELD`, and `MalformedPolicyError`. */
export function proposedIn({ policy, note }: ReplacePolicyBody, replaces: number): ProposedPolicy {
  return { policy: parsePolicy(policy), note: noteIn(note ?? ''), replaces };
}

function noteIn(note: string): string | undefined {
  // A character beyond 16 bits is one, as people count.
  if (note.length > 2 * MOST_OF_A_NOTE || Array.from(note).length > MOST_OF_A_NOTE) {
    throw new DomainError('REQUEST.INVALID_FIELD', `note: must have at most ${MOST_OF_A_NOTE} characters`, {
      field: 'note',
    });
  }
  if (!note.isWellFormed()) {
    throw new DomainError(
      'REQUEST.INVALID_FIELD',
      'note: must be text that UTF-8 can say: it has an unpaired surrogate',
      { field: 'note' },
    );
  }
  return note === '' ? undefined : note;
}
