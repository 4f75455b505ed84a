import { parseRestrictionNames } from './restriction-list.js';
import type { RestrictionList } from './restriction-list.js';

/** How both halves of a split key keep a list: `null` for no list, else the group names as a JSON array. */
export function restrictionsToColumn(list: RestrictionList): string | null {
  return list === 'unrestricted' ? null : JSON.stringify(list);
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
