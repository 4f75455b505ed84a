/**
 * A sealed value did not open. One message for every reason (truncated, altered, moved, another key): a caller
 * who can tell them apart has an oracle, and an operator needs only `Sealer.keyId` to tell a wrong key file.
 */
export class SealedValueError extends Error {
  constructor() {
    super('a sealed value could not be opened: it was altered, moved, or sealed under another key');
    this.name = 'SealedValueError';
  }
}
