import { decodeMessage, decodeSignatureBytes, MESSAGE_FORM } from '../../crypto/bls0chain/codec.js';
import { DomainError } from '../../errors/domain-error.js';
import type { Dialect } from '../../http/dialect/dialect.js';
import { requiredJsonObject, unknownField } from '../../http/body/json-document.js';
import { parseClientIdField } from '../../wire/named-inputs.js';
import type { SignMessageBody } from './sign-message.body.js';
import type { MessageToSign } from './sign-message.js';

const FIELDS: ReadonlySet<string> = new Set<keyof SignMessageBody>(['hash', 'signature', 'client_id']);
const SIXTY_FOUR_DIGITS = 'must be 64 hexadecimal characters';

/**
 * Reads the body of `/sign/msg`. By hand and not by a validator's decorators, since every signature passes here;
 * the answers are the same. Throws `REQUEST.MALFORMED_JSON`, `.UNKNOWN_FIELD` (documented API only), `.INVALID_FIELD`
 * or `MalformedEncodingError`.
 */
export function readMessage(text: string, dialect: Dialect): MessageToSign {
  const fields = requiredJsonObject(text);
  if (dialect === 'documented' && Object.keys(fields).some((name) => !FIELDS.has(name))) throw unknownField();
  const hash = textOf(fields, 'hash', MESSAGE_FORM);
  const signature = textOf(fields, 'signature', SIXTY_FOUR_DIGITS);
  const clientId = textOf(fields, 'client_id', SIXTY_FOUR_DIGITS);
  return {
    clientId: parseClientIdField(clientId, 'client_id'),
    message: decodeMessage(hash, 'hash'),
    userPartial: decodeSignatureBytes(signature, 'signature'),
  };
}

/** What the text must be beyond a string is checked where it is decoded. */
function textOf(fields: Readonly<Record<string, unknown>>, name: keyof SignMessageBody, form: string): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (typeof value === 'string') return value;
  throw new DomainError('REQUEST.INVALID_FIELD', `${name}: ${form}`, { field: name });
}
