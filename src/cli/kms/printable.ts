// Controls, what has no shape and turns the text around it, and the two that end a line without looking like it.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * A line of text that may come out of a hostile file, so that a terminal shows it and obeys nothing in it: each character
 * without a shape is written as JSON writes it (`\u001b`). JSON stays JSON by it.
 */
export function printable(line: string): string {
  return line.replaceAll(UNPRINTABLE, (character) =>
    Array.from({ length: character.length }, (_, at) => {
      const unit = character.charCodeAt(at).toString(16).padStart(4, '0');
      return `\\u${unit}`;
    }).join(''),
  );
}
