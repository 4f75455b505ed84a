/** A file or header of the record that is not in its format. */
export class MalformedTlogError extends Error {
  override readonly name = 'MalformedTlogError';

  constructor(field: string, rule: string) {
    super(`${field} ${rule}`);
  }
}
