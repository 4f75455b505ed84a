import { decodeMessage, decodeSignatureBytes, encodeHex, MESSAGE_FORM } from '../../crypto/bls0chain/codec.js';
import { DomainError } from '../../errors/domain-error.js';
import type { Dialect } from '../../http/dialect/dialect.js';
import { requiredJsonObject, unknownField } from '../../http/body/json-document.js';
import { messageFacts } from '../../restrictions/facts/facts.js';
import { MAX_MESSAGE_TEXT_BYTES } from '../../restrictions/facts/message-text.js';
import { parseClientIdField } from '../../wire/named-inputs.js';
import { shownText, textShown } from '../wire/message-text-field.js';
import type { SignMessageBody } from './sign-message.body.js';
import type { MessageToSign } from './sign-message.js';

const FIELDS: ReadonlySet<string> = new Set<keyof SignMessageBody>(['hash', 'message', 'signature', 'client_id']);

/** A body without a text: the longest message has 2,048 digits; the rest is names and white space. */
const WITHOUT_TEXT_BYTES = 4096;

/** A byte of text at its longest: `\u0061`. What has more bytes in UTF-8 takes fewer for each. */
const ESCAPED_BYTE = 6;

/** The least that every text fits in, however it is written. */
export const SIGN_MESSAGE_BODY_BYTES = WITHOUT_TEXT_BYTES + ESCAPED_BYTE * MAX_MESSAGE_TEXT_BYTES;

/** What is long is to be one text, and not thousands of small values, which take a hundred times as long to parse. */
const MOST_VALUES_BESIDE_TEXT = 512;

const SIXTY_FOUR_DIGITS = 'must be 64 hexadecimal characters';

/**
 * Reads the body of `/sign/msg`. By hand and not by a validator's decorators, since every signature passes here;
 * the answers are the same.
 *
 * A text that is not the message's is told to anybody, and before anything is looked up: it is a fault of the request
 * alone, whatever the split key, and says nothing of it.
 *
 * Throws `REQUEST.MALFORMED_JSON`, `.UNKNOWN_FIELD` (documented API only), `.INVALID_FIELD`, `MESSAGE.HASH_MISMATCH` or
 * `MalformedEncodingError`.
 */
export function readMessage(text: string, dialect: Dialect): MessageToSign {
  const fields = requiredJsonObject(text, text.length > WITHOUT_TEXT_BYTES ? MOST_VALUES_BESIDE_TEXT : undefined);
  if (dialect === 'documented' && Object.keys(fields).some((name) => !FIELDS.has(name))) throw unknownField();
  const hash = textOf(fields, 'hash', MESSAGE_FORM);
  const signature = textOf(fields, 'signature', SIXTY_FOUR_DIGITS);
  const clientId = textOf(fields, 'client_id', SIXTY_FOUR_DIGITS);
  const message = decodeMessage(hash, 'hash');
  const hashHex = encodeHex(message);
  return {
    clientId: parseClientIdField(clientId, 'client_id'),
    message,
    userPartial: decodeSignatureBytes(signature, 'signature'),
    facts: messageFacts(hashHex, textShown(shownText(fields), hashHex)),
  };
}

/** What the text must be beyond a string is checked where it is decoded. */
function textOf(fields: Readonly<Record<string, unknown>>, name: keyof SignMessageBody, form: string): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (typeof value === 'string') return value;
  throw new DomainError('REQUEST.INVALID_FIELD', `${name}: ${form}`, { field: name });
}
