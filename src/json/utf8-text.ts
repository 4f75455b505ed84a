const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The text of bytes in UTF-8, a byte order mark included, which no JSON begins with. `undefined` for bytes that are not
 * UTF-8: one reader would put U+FFFD in their place, and another something else.
 */
export function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
