/** Something that must not be seen, under a name for the report. */
export interface Secret {
  readonly name: string;
  readonly bytes: Buffer;
}

export const secretOfHex = (name: string, hex: string): Secret => ({ name, bytes: Buffer.from(hex, 'hex') });
export const secretOfText = (name: string, text: string): Secret => ({ name, bytes: Buffer.from(text, 'utf8') });

/** Where secrets are looked for. */
export interface Haystack {
  readonly where: string;
  readonly content: Buffer;
}

/** Each secret that occurs in the haystack, as `name (form)`; the same name once per form. */
export function findSecrets(haystack: Haystack, secrets: readonly Secret[]): { name: string; form: string }[] {
  // One character per byte, so that text and binary are searched alike.
  const text = haystack.content.toString('latin1');
  const lowerCase = text.toLowerCase();
  return secrets.flatMap((secret) =>
    formsOf(secret)
      .filter(({ needle, ignoresCase }) => (ignoresCase ? lowerCase : text).includes(needle))
      .map(({ form }) => ({ name: secret.name, form })),
  );
}

interface Form {
  readonly form: string;
  readonly needle: string;
  readonly ignoresCase: boolean;
}

/** Every spelling in which the secret could leak, its halves included: a line may be cut. */
function formsOf({ bytes }: Secret): Form[] {
  const half = Math.floor(bytes.length / 2);
  const parts = [bytes.subarray(0, half), bytes.subarray(half)];
  const both = [...parts, ...parts.map((part) => Buffer.from(part).reverse())];
  return [
    ...both.flatMap((part, index) =>
      spellingsOf(part, ['front', 'back', 'front reversed', 'back reversed'][index] ?? ''),
    ),
    ...[bytes, Buffer.from(bytes).reverse()].map((all) => ({
      form: 'decimal',
      needle: BigInt(`0x${all.toString('hex')}`).toString(),
      ignoresCase: false,
    })),
  ];
}

function spellingsOf(part: Buffer, which: string): Form[] {
  const exactly = (form: string, needle: string): Form => ({ form: `${form}, ${which}`, needle, ignoresCase: false });
  return [
    { form: `hex, ${which}`, needle: part.toString('hex'), ignoresCase: true },
    exactly('raw', part.toString('latin1')),
    // What JSON makes of a Buffer, and what the console makes of an array.
    exactly('numbers', [...part].join(',')),
    exactly('numbers', [...part].join(', ')),
    exactly('URL', encodeURIComponent(part.toString('utf8'))),
    ...[0, 1, 2].flatMap((shift) => [
      exactly('base64', base64Core(part, shift, 'base64')),
      exactly('base64url', base64Core(part, shift, 'base64url')),
    ]),
  ];
}

/** The characters that stand for these bytes alone when they begin `shift` bytes into something longer. */
function base64Core(part: Buffer, shift: number, encoding: 'base64' | 'base64url'): string {
  const text = Buffer.concat([Buffer.alloc(shift), part])
    .toString(encoding)
    .replaceAll('=', '');
  const shared = (shift + part.length) % 3 === 0 ? 0 : 1;
  return text.slice([0, 2, 3][shift], text.length - shared);
}
