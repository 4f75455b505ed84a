import { DomainError } from '../../errors/domain-error.js';
import type { TextShown } from '../../restrictions/facts/facts.js';
import { checkTypedMessage, MAX_MESSAGE_TEXT_BYTES } from '../../restrictions/facts/message-text.js';

/**
 * What the text says of the message whose hash this is, lower-case hex; undefined where none was sent. Throws
 * `MESSAGE.HASH_MISMATCH` when it is not its text.
 */
export function textShown(text: string | undefined, hashHex: string): TextShown {
  if (text === undefined) return 'not-shown';
  const shown = checkTypedMessage(text, hashHex);
  if (shown !== 'another-hash') return shown;
  throw new DomainError('MESSAGE.HASH_MISMATCH', 'hash: is not the SHA3-256 of the text in message', { field: 'hash' });
}

/** The text of the message, where it was sent along. Throws `REQUEST.INVALID_FIELD`. */
export function shownText(fields: Readonly<Record<string, unknown>>): string | undefined {
  const text = Object.hasOwn(fields, 'message') ? fields['message'] : undefined;
  if (text === undefined || text === null) return undefined;
  if (typeof text !== 'string') throw malformedText('must be text, or left out');
  if (!text.isWellFormed()) throw malformedText('must be text that UTF-8 can say: it has an unpaired surrogate');
  if (Buffer.byteLength(text) > MAX_MESSAGE_TEXT_BYTES) {
    throw malformedText(`must have ${MAX_MESSAGE_TEXT_BYTES} bytes in UTF-8 at most`);
  }
  return text;
}

function malformedText(rule: string): DomainError {
  return new DomainError('REQUEST.INVALID_FIELD', `message: ${rule}`, { field: 'message' });
}
