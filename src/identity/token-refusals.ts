import { DomainError } from '../errors/domain-error.js';

/** The refusal of a token. `why` is fixed text: no part of a token may come into a message. */
export function invalidToken(why: string): DomainError {
  return new DomainError('TOKEN.INVALID', why);
}

export function expiredToken(): DomainError {
  return new DomainError('TOKEN.EXPIRED', 'the token has expired; sign in again');
}

/** The refusal of a token whose signature is right and whose `claim` is not. */
export function refusedClaim(claim: string): DomainError {
  switch (claim) {
    case 'exp':
      return invalidToken('the token has no expiry (exp) in seconds');
    case 'nbf':
    case 'iat':
      return invalidToken('the token is not valid yet, or its nbf or iat is not a time in seconds');
    default:
      return invalidToken("the token's issuer or audience is not accepted here");
  }
}
