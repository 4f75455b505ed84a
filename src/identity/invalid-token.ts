import { DomainError } from '../errors/domain-error.js';

/** The refusal of a token. `why` is fixed text: no part of a token may come into a message. */
export function invalidToken(why: string): DomainError {
  return new DomainError('TOKEN.INVALID', why);
}
