/**
 * Text or bytes that do not encode what their field should hold. The message names the field and the rule, for
 * example `private_key: must be 64 hexadecimal characters`; it never contains the refused value.
 */
export class MalformedEncodingError extends Error {
  readonly field: string;
  readonly reason: string;

  constructor(field: string, reason: string) {
    super(`${field}: ${reason}`);
    this.name = 'MalformedEncodingError';
    this.field = field;
    this.reason = reason;
  }
}
