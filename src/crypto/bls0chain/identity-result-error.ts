/**
 * Two well-formed inputs cancelled out: the sum would be the zero scalar or the identity point, which is neither a
 * key nor a signature. Honest halves never do this; somebody who sends the negative of a value does.
 */
export class IdentityResultError extends Error {
  constructor(result: 'secret key' | 'public key' | 'signature') {
    super(`the two values cancel out, which leaves no ${result}`);
    this.name = 'IdentityResultError';
  }
}
