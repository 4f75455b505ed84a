import { isOperationGroup } from './operation-groups.js';
import type { OperationGroup } from './operation-groups.js';

/**
 * What a split key may sign: an allow-list of groups, so that the empty list denies everything; or
 * `unrestricted`, a key without a list, which signs every transaction whose hash is right, and every message.
 */
export type RestrictionList = readonly OperationGroup[] | 'unrestricted';

/** Takes the list away, when it is the only name. */
const NO_LIST = '*';

export type ParsedRestrictions =
  | { readonly ok: true; readonly list: RestrictionList }
  | {
      readonly ok: false;
      /** Index of the first name at fault. The name itself is not repeated: it is untrusted text. */
      readonly position: number;
      readonly reason: 'unknown-group' | 'star-not-alone';
    };

/**
 * Reads names as they come over the wire: exact and case-sensitive, repeated ones dropped, the order of
 * first appearance kept. Exactly `["*"]` means no list; `*` beside any other name is refused. Never throws.
 */
export function parseRestrictionNames(names: readonly string[]): ParsedRestrictions {
  if (names.length === 1 && names[0] === NO_LIST) return { ok: true, list: 'unrestricted' };
  const groups = new Set<OperationGroup>();
  for (const [position, name] of names.entries()) {
    if (name === NO_LIST) return { ok: false, position, reason: 'star-not-alone' };
    if (!isOperationGroup(name)) return { ok: false, position, reason: 'unknown-group' };
    groups.add(name);
  }
  return { ok: true, list: [...groups] };
}

/** The names that the documented API shows; {@link parseRestrictionNames} reads them back to the same list. */
export function documentedRestrictionNames(list: RestrictionList): string[] {
  return list === 'unrestricted' ? [NO_LIST] : [...list];
}
