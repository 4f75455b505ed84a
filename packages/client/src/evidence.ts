/** That the record tells of a decision. Public; but who knows `entry` can fetch its proof, so keep it to yourself. */
export interface Evidence {
  /** Which entry: 32 characters of base64url. */
  readonly entry: string;
  /** A signed promise that the log will have it: see `verifyPromise`. */
  readonly promise: string;
}

/** What came in the headers of an answer, if anything. */
export function evidenceIn(headers: Headers): Evidence | undefined {
  const [entry, promise] = [headers.get('X-Audit-Entry'), headers.get('X-Audit-Promise')];
  return entry === null || promise === null ? undefined : { entry, promise };
}
