/** Bodies that are not one JSON object: each must be refused with `REQUEST.MALFORMED_JSON`, whatever the call. */
export const MALFORMED_BODIES: readonly { readonly what: string; readonly body: string | Uint8Array }[] = [
  { what: 'text that is no JSON', body: 'private_key=04e5' },
  { what: 'an array', body: '[]' },
  { what: 'an array of an object', body: '[{}]' },
  { what: 'null', body: 'null' },
  { what: 'a string', body: '"{}"' },
  { what: 'a number', body: '1' },
  { what: 'true', body: 'true' },
  { what: 'half an object', body: '{"restrictions":' },
  { what: 'two objects', body: '{}{}' },
  { what: 'an object with something after it', body: '{} x' },
  { what: 'a comma too many', body: '{"restrictions":[],}' },
  { what: 'a comment', body: '{/* */}' },
  { what: 'single quotes', body: "{'restrictions':[]}" },
  { what: 'NaN', body: '{"restrictions":NaN}' },
  { what: 'the same key twice', body: '{"restrictions":[],"restrictions":["token_transfers"]}' },
  { what: 'the same key twice with equal values', body: '{"restrictions":[],"restrictions":[]}' },
  { what: 'the same key twice, once escaped', body: String.raw`{"restrictions":[],"\u0072estrictions":[]}` },
  { what: 'the same key twice further in', body: '{"restrictions":[{"a":1,"a":1}]}' },
  { what: 'a byte order mark first', body: '\uFEFF{}' },
  { what: 'a byte order mark alone', body: '\uFEFF' },
  { what: 'a no-break space first', body: '\u00A0{}' },
  { what: 'bytes that are not UTF-8', body: Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]) },
  { what: 'UTF-16', body: Uint8Array.from(Buffer.from('\uFEFF{}', 'utf16le')) },
  { what: 'an overlong encoding', body: Uint8Array.from([0x7b, 0x22, 0xc0, 0xae, 0x22, 0x3a, 0x31, 0x7d]) },
  { what: 'a surrogate in UTF-8', body: Uint8Array.from([0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x3a, 0x31, 0x7d]) },
  { what: 'a hundred nested arrays', body: `{"restrictions":${'['.repeat(100)}${']'.repeat(100)}}` },
];

/** What is not `digits` hexadecimal digits: each must be refused, wherever hexadecimal text is expected. */
export function malformedHex(digits: number): readonly { readonly what: string; readonly text: string }[] {
  const good = 'ab'.repeat(digits / 2);
  return [
    { what: 'empty', text: '' },
    { what: 'one digit short', text: good.slice(1) },
    { what: 'one byte short', text: good.slice(2) },
    { what: 'one byte long', text: `${good}ab` },
    { what: '0x before it', text: `0x${good}` },
    { what: '0x instead of two digits', text: `0x${good.slice(2)}` },
    { what: 'a letter beyond f', text: `g${good.slice(1)}` },
    { what: 'a space at the end', text: `${good.slice(1)} ` },
    { what: 'a line feed after it', text: `${good}\n` },
    { what: 'full-width digits', text: `\uFF11${good.slice(1)}` },
  ];
}

/** The headers with which clients send JSON, right and wrong (wire.md section 2.1). */
export const CONTENT_TYPES_OF_JSON: readonly {
  readonly what: string;
  readonly headers: Readonly<Record<string, string>>;
}[] = [
  'application/json',
  'application/json; charset=utf-8',
  'APPLICATION/JSON',
  'text/plain; charset=utf-8',
  'text/plain',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
  'application/vnd.api+json',
  'text/html',
].map((contentType) => ({ what: contentType, headers: { 'Content-Type': contentType } }));
