import { KmsError } from '../errors.js';
import { evidenceIn } from '../evidence.js';
import type { ErrorCode, Problem } from '../openapi.js';

/** The error that an answer without success is. It reads the body. */
export async function refusalIn(response: Response): Promise<KmsError> {
  const { status, headers } = response;
  const text = await response.text().catch(() => '');
  const problem = problemIn(text);
  const retryAfter = problem?.retry_after_seconds ?? Number(headers.get('Retry-After') ?? Number.NaN);
  return new KmsError({
    status,
    // Codes that a newer service has are told as they are.
    code: (problem?.code ?? 'UNKNOWN') as ErrorCode | 'UNKNOWN',
    title: problem?.title ?? `the answer has the status ${status}`,
    detail: problem?.detail ?? (isLine(text) ? text.trim() : `the answer has the status ${status}`),
    field: problem?.field,
    rule: problem?.rule,
    reason: problem?.reason,
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : undefined,
    requestId: problem?.request_id ?? headers.get('X-Request-Id') ?? undefined,
    evidence: evidenceIn(headers),
  });
}

/** An error of the SDK dialect is one line of text. */
function isLine(text: string): boolean {
  return text !== '' && text.length < 1000 && !text.trim().includes('\n') && !text.startsWith('<');
}

function problemIn(text: string): Problem | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isProblem = typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';
    return isProblem ? (value as Problem) : undefined;
  } catch {
    return undefined;
  }
}
