/** Bytes of an entry at most. */
const MOST_BYTES = 8 * 1024;

/** What an entry is by its form alone. */
export interface EntryForm {
  /** Why it could be none; `undefined` if it could. */
  readonly fault?: string;
  /** Whether its text is the one that RFC 8785 has for what it says. */
  readonly isCanonical: boolean;
  readonly said: Readonly<Record<string, unknown>>;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Looks at the bytes of an entry; see docs/record.md. Never throws. */
export function formOf(bytes: Buffer): EntryForm {
  if (bytes.length > MOST_BYTES) return malformed('is longer than 8 KiB');
  let text: string;
  let value: unknown;
  try {
    text = decoder.decode(bytes);
    value = JSON.parse(text);
  } catch {
    return malformed('is no JSON');
  }
  if (!isObject(value)) return malformed('is no JSON object');
  // What a reader would write again to the same bytes has no spaces, no member twice and one spelling of each value.
  return { isCanonical: JSON.stringify(value) === text && isInOrder(value), said: value };
}

/** Whether a value is an object with members. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(fault: string): EntryForm {
  return { fault, isCanonical: false, said: {} };
}

/** Whether all members come in the order of their names. No deeper than 8 KiB of brackets are. */
function isInOrder(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isInOrder);
  if (!isObject(value)) return true;
  let before = '';
  for (const name in value) {
    if (name < before || !isInOrder(value[name])) return false;
    before = name;
  }
  return true;
}
