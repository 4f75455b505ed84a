import { type CustomDecorator, SetMetadata } from '@nestjs/common';

/**
 * Who may call a route: `public` = anyone, and no token is looked at; `token` = the bearer of a valid token;
 * `partial-signature` = whoever's partial signature verifies in the handler, but a token that comes along must be
 * valid all the same (wire.md section 2).
 */
export type AccessRule = 'public' | 'token' | 'partial-signature';

/** The metadata key under which {@link Access} leaves its rule. */
export const ACCESS_RULE = 'access-rule';

/**
 * Declares the authorisation rule: who may call a handler, or every handler of a controller; the handler's own word
 * holds.
 */
export function Access(rule: AccessRule): CustomDecorator {
  return SetMetadata(ACCESS_RULE, rule);
}
