import type { Evidence } from '../audit/entry-evidence.js';

/** Which headers an answer has its evidence in. */
export const EVIDENCE_HEADERS = { entry: 'X-Audit-Entry', promise: 'X-Audit-Promise' } as const;

/** What OpenAPI says of them. */
export const EVIDENCE_HEADER_DOCS = {
  [EVIDENCE_HEADERS.entry]: {
    description: 'which entry of the record tells of the decision, 32 characters; to be kept, and shown to nobody',
    schema: { type: 'string' as const, pattern: '^[A-Za-z0-9_-]{32}$' },
  },
  [EVIDENCE_HEADERS.promise]: {
    description: 'a signed promise that the log of the record will have this entry, base64url',
    schema: { type: 'string' as const, maxLength: 1024 },
  },
};

/** The headers of an answer; none where there is no evidence. */
export function evidenceHeaders(evidence: Evidence | undefined): Readonly<Record<string, string>> {
  if (evidence === undefined) return {};
  return { [EVIDENCE_HEADERS.entry]: evidence.entry, [EVIDENCE_HEADERS.promise]: evidence.promise };
}
