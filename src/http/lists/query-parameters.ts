import { DomainError } from '../../errors/domain-error.js';

/** The query as its parameters; throws `REQUEST.UNKNOWN_PARAMETER` for one that is not among `known`. */
export function knownParameters(query: string, known: readonly string[]): URLSearchParams {
  const given = new URLSearchParams(query);
  for (const name of given.keys()) assertKnown(name, known);
  return given;
}

/** The one value of a parameter; `undefined` when it is absent. Throws `REQUEST.INVALID_FIELD` when it comes twice. */
export function oneValue(given: URLSearchParams, name: string): string | undefined {
  const [value, ...more] = given.getAll(name);
  if (more.length > 0) throw refusedParameter(name, 'comes more than once');
  return value;
}

/** How many entries a page has at most; `undefined` when it is absent. Throws `REQUEST.INVALID_FIELD`. */
export function limitOf(given: URLSearchParams, most: number): number | undefined {
  const text = oneValue(given, 'limit');
  if (text === undefined) return undefined;
  const limit = /^[1-9][0-9]{0,3}$/.test(text) ? Number(text) : Number.NaN;
  if (!(limit <= most)) throw refusedParameter('limit', `must be a whole number from 1 to ${most}`);
  return limit;
}

/** `REQUEST.INVALID_FIELD` of a parameter. */
export function refusedParameter(field: string, rule: string): DomainError {
  return new DomainError('REQUEST.INVALID_FIELD', `${field}: ${rule}`, { field });
}

function assertKnown(name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  const message = `the query has a parameter that this call does not know; it takes ${known.join(', ')}`;
  // Somebody may have put a secret where a name belongs: only what cannot be one is repeated.
  throw new DomainError('REQUEST.UNKNOWN_PARAMETER', message, /^[a-z_]{1,24}$/i.test(name) ? { field: name } : {});
}
