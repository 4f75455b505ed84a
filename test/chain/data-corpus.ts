import fc from 'fast-check';

/** What may stand before or after a JSON value, by JSON's own rules, by those of lenient decoders, or by nobody's. */
const AROUND = [
  ...['', ' ', '\t', '\r\n', '\n \t', '\v', '\f', '\0', '\u0001', '\u001f', '\u007f', '\u0085', '\u00a0', '\u00ad'],
  ...['\ufeff', '\ufeff\ufeff', ' \ufeff', '\ufffe', '\u1680', '\u180e', '\u2000', '\u200b', '\u200d', '\u2028'],
  ...['\u2029', '\u202e', '\u2060', '\u3000', '\u{e0001}', '//\n', '/* */', '#', '<!--', 'x', ',', '[', '}', '"', "'"],
];

const VALUES = [
  ...['', '{}', '{', '}', '{{', '[', '[]', '[{"name":"burn"}]', 'null', 'NULL', 'Null', 'nul', 'nulll', 'null null'],
  ...[
    'true',
    'false',
    '0',
    '7',
    '-1',
    '1e9',
    'NaN',
    'Infinity',
    '"burn"',
    '"{\\"name\\":\\"burn\\"}"',
    "{'name':'burn'}",
  ],
  ...[
    'invoice 42',
    'a {"name":"burn"}',
    'name=burn',
    'burn',
    '名前',
    '🙂',
    '{name:"burn"}',
    '{not json',
    '{"name":"burn"',
  ],
  ...['{"name":"burn","input":{}}', '{"Name":"burn","input":{}}', '{"NAME":"burn"}', '{"name":"transfer","input":{}}'],
  ...['{"input":{},"name":"transfer"}', '{"note":"rent"}', '{"note":"rent","name":"burn"}', '{"name":"a","name":"b"}'],
  ...['{"name":"transfer","Name":"burn","input":1}', '{"name":"burn","input":1}{}', '{"name":"burn","input":01}'],
  ...['{"n\\u0061me":"burn","input":1}', '{"name":null,"input":1}', '{"name":7,"input":1}', '{"name":["burn"]}'],
  ...[
    '{"name":"transfer\\ud800","input":1}',
    '{"name":"\\ud83d\\ude42","input":1}',
    '{"nam\\u0065":"transfer","input":[]}',
  ],
  ...['{"ｎame":"burn","input":1}', '{"name":"transfer","input":{"name":"burn"}}', '\u{ff5b}"name":"burn"}'],
];

const handwritten = AROUND.flatMap((before) =>
  VALUES.flatMap((value) => AROUND.map((after) => `${before}${value}${after}`)),
);

const piece = fc.constantFrom(...AROUND, ...VALUES, '"name"', '"Name"', ':', ',', '"burn"', '"input"', '\\', '\\u007b');
/** JSON with a character taken out, put in or doubled. */
const mutated = fc
  .tuple(fc.constantFrom(...VALUES), fc.nat(), fc.constantFrom(...AROUND, '{', 'N', '\\', ':'), fc.nat(2))
  .map(([value, place, inserted, cut]) => {
    const at = place % (value.length + 1);
    return `${value.slice(0, at)}${inserted}${value.slice(at + cut)}`;
  });

const drawn = fc.oneof(
  fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
  mutated,
  fc.json(),
  fc.tuple(fc.constantFrom(...AROUND), fc.json()).map(([before, json]) => `${before}${json}`),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);

/** Texts to be taken for a transaction's data, all well-formed: written by hand, and drawn anew by the seed. */
export function dataCorpus(seed: number, draws: number): string[] {
  const all = [...handwritten, ...fc.sample(drawn, { seed, numRuns: draws })];
  return [...new Set(all)].filter((text) => text.isWellFormed());
}
