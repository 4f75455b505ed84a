/** An integer of at most 15 digits, all of which a double holds, in the only way in which JSON can write it. */
const PLAIN_NUMBER = /(?:0|-?[1-9][0-9]{0,14})(?![0-9.eE+-])/y;
const STARTS_NUMBER = /[-0-9]/;

/** What can be counted in a text before it is parsed. Right if it turns out to be JSON. */
export interface JsonShape {
  /** How many braces and brackets are open at once, at most. */
  readonly depth: number;
  /** The members that are written in all objects; a key that comes twice counts twice. */
  readonly members: number;
  /** Those of them that stand in the outermost object. */
  readonly outermostMembers: number;
  /** At least as many as there are values in it, and hardly more: commas, braces and brackets that open. */
  readonly values: number;
  /** Whether every number outside strings is plain. */
  readonly isPlain: boolean;
}

/** Counts in one pass, without recursion, so that no text can exhaust the stack. */
export function shapeOf(text: string): JsonShape {
  let level = 0;
  let depth = 0;
  let members = 0;
  let outermostMembers = 0;
  let values = 1;
  let isPlain = true;
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '"') i = endOfString(text, i + 1);
    else if (character === '{' || character === '[') {
      depth = Math.max(depth, ++level);
      values++;
    } else if (character === ',') values++;
    else if (character === '}' || character === ']') level--;
    else if (character === ':') {
      members++;
      if (level === 1) outermostMembers++;
    } else if (isPlain && STARTS_NUMBER.test(character)) {
      PLAIN_NUMBER.lastIndex = i;
      isPlain = PLAIN_NUMBER.test(text);
      if (isPlain) i = PLAIN_NUMBER.lastIndex - 1;
    }
  }
  return { depth, members, outermostMembers, values, isPlain };
}

/** Where the string that begins at `from` ends: at its closing quote, or with the text. */
function endOfString(text: string, from: number): number {
  let end = text.indexOf('"', from);
  while (end !== -1 && isEscaped(text, end, from)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

/** Whether an odd number of backslashes stands before the quote. */
function isEscaped(text: string, quote: number, from: number): boolean {
  let first = quote;
  while (first > from && text.charAt(first - 1) === '\\') first--;
  return (quote - first) % 2 === 1;
}
