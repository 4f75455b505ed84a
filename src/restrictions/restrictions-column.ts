import { parseRestrictionNames } from './restriction-list.js';
import type { RestrictionList } from './restriction-list.js';

/** How both halves of a split key keep a list: `null` for no list, else the group names as a JSON array. */
export function restrictionsToColumn(list: RestrictionList): string | null {
  return list === 'unrestricted' ? null : JSON.stringify(list);
}

/** A list as it stands in a row: `unreadable` when the row is damaged or was written by a newer release. */
export type StoredRestrictions = RestrictionList | 'unreadable';

/** As {@link restrictionsFromColumn}, for whoever has more to do than this one row: a bad one fails alone. */
export function storedRestrictions(column: string | null): StoredRestrictions {
  try {
    return restrictionsFromColumn(column);
  } catch {
    return 'unreadable';
  }
}

/**
 * The inverse. Only `null` means no list: a text that says `*`, or names a group unknown here (written by a
 * newer version, or by hand), is refused, and then nothing is allowed.
 *
 * @throws Error without the column's text
 */
export function restrictionsFromColumn(column: string | null): RestrictionList {
  if (column === null) return 'unrestricted';
  const parsed = parseRestrictionNames(namesIn(column));
  if (!parsed.ok || parsed.list === 'unrestricted') throw new Error('a stored restriction list names an unknown group');
  return parsed.list;
}

function namesIn(column: string): readonly string[] {
  const names = parseJson(column);
  if (!Array.isArray(names)) throw new Error('a stored restriction list is damaged');
  return names.map((name: unknown) => (typeof name === 'string' ? name : ''));
}

function parseJson(column: string): unknown {
  try {
    return JSON.parse(column);
  } catch {
    return undefined;
  }
}
