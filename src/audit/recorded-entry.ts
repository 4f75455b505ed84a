/** An entry of the record as it was written, of which evidence can be given. */
export interface RecordedEntry {
  /** Of the row. */
  readonly id: number;
  /** Its own 16 random bytes, as 32 hexadecimal digits. */
  readonly salt: string;
  /** All of it: the text that is hashed. */
  readonly text: string;
}

/**
 * The entry of a decision that was made before. `lost`: the row is gone, or reads no more; somebody has changed the
 * file. `unknown`: an earlier release decided it, and did not keep which entry it has.
 */
export type EarlierEntry = RecordedEntry | 'lost' | 'unknown';

/** What a row says that was written before; `lost` where it says nothing that `entryText` writes. */
export function earlierEntry(id: number | null, text: string | null): EarlierEntry {
  if (id === null) return 'unknown';
  const salt = text === null ? undefined : saltIn(text);
  return text === null || salt === undefined ? 'lost' : { id, salt, text };
}

const SALT = /^[0-9a-f]{32}$/;

function saltIn(text: string): string | undefined {
  try {
    const { salt } = JSON.parse(text) as { readonly salt?: unknown };
    return typeof salt === 'string' && SALT.test(salt) ? salt : undefined;
  } catch {
    return undefined;
  }
}
