import type { Dialect } from '../../http/dialect/dialect.js';
import type { WireRestrictions } from '../../wire/wire-restrictions.js';
import type { SplitKeyBody } from './split-key.body.js';
import type { SplitKeyTerms } from './make-split-key.js';

/** The terms that a request body asks for. Throws `RESTRICTION.UNKNOWN_GROUP`. */
export function termsOf(body: SplitKeyBody, dialect: Dialect, restrictions: WireRestrictions): SplitKeyTerms {
  const names = body.restrictions ?? undefined;
  return {
    restrictions: names === undefined ? 'unrestricted' : restrictions.read(names, dialect),
    expiresAtSeconds: body.expires_at ?? undefined,
  };
}
