import { MalformedInputError } from '../errors/malformed-input-error.js';

export type MalformedTransactionReason =
  | 'not-a-json-object'
  | 'nested-too-deeply'
  | 'duplicate-key'
  | 'too-many-values'
  | 'missing'
  | 'not-a-string'
  | 'ill-formed-text'
  | 'not-hex'
  | 'not-a-plain-integer'
  | 'out-of-range'
  | 'wrong-type';

const EXPLANATIONS: Readonly<Record<MalformedTransactionReason, string>> = {
  'not-a-json-object': 'must be exactly one JSON object',
  'nested-too-deeply': 'is nested too deeply',
  'duplicate-key': 'names a field more than once',
  'too-many-values': 'has more than 512 values, and numbers among them that are not plain integers',
  missing: 'is missing',
  'not-a-string': 'must be a string',
  'ill-formed-text': 'must not hold unpaired surrogates',
  'not-hex': 'must be 64 hex digits, in ids lower case ones',
  'not-a-plain-integer': 'must be a plain unsigned decimal integer',
  'out-of-range': 'is larger than its type',
  'wrong-type': 'has the wrong JSON type',
};

/** The text is no transaction that could be judged. Carries the field and why, never a value of the text. */
export class MalformedTransactionError extends MalformedInputError {
  readonly reason: MalformedTransactionReason;

  /** @param field its name on the wire, or `body` for the document as a whole */
  constructor(field: string, reason: MalformedTransactionReason) {
    super(field, `${field}: ${EXPLANATIONS[reason]}`);
    this.name = 'MalformedTransactionError';
    this.reason = reason;
  }
}
