import { describe, expect, it } from '@jest/globals';
import { kmsHere } from '../cli/kms-here.js';
import { FIELD_MESSAGES, FIELD_WALLET } from '../support/field-signing.js';
import { sha3, walletClient } from '../support/wallet-client.js';
import { A_PUBLISHED_WALLET } from '../support/wallet-vectors.js';

const { private_key: secretKey, client_key: publicKey } = A_PUBLISHED_WALLET;
const HASH = sha3('a message');

async function run(
  words: readonly string[],
  ...input: string[]
): Promise<{ code: number; out: string[]; error: string[] }> {
  const chunks = (async function* () {
    for (const text of input) yield await Promise.resolve(Buffer.from(text));
  })();
  const { code, out, error } = await kmsHere(['sign', ...words], {}, { input: chunks });
  const linesOf = (text: string): string[] => (text === '' ? [] : text.trimEnd().split('\n'));
  return { code, out: linesOf(out), error: linesOf(error) };
}

describe('the sign command', () => {
  it.each([
    ['alone', [secretKey]],
    ['with a line end', [`${secretKey}\n`]],
    ['in capitals, with white space', [`  ${secretKey.toUpperCase()}\r\n`]],
    ['in pieces', [secretKey.slice(0, 7), secretKey.slice(7), '\n']],
  ])('prints the signature and nothing else for a share that comes %s', async (_, input) => {
    const { code, out, error } = await run([HASH], ...input);
    expect({ code, error }).toEqual({ code: 0, error: [] });
    expect(out).toHaveLength(1);
    expect((await walletClient()).verify(publicKey, HASH, out[0] ?? '')).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['half a share', secretKey.slice(32)],
    ['two shares', `${secretKey}\n${secretKey}`],
    ['a share of zero', '00'.repeat(32)],
    ['a share that is not below the order of the group', 'ff'.repeat(32)],
    ['no digits', 'g'.repeat(64)],
    ['something else altogether', secretKey.repeat(40)],
  ])('refuses %s on standard input, in one line that repeats nothing of it', async (_, input) => {
    const { code, out, error } = await run([HASH], input);
    expect({ code, out, lines: error.length }).toEqual({ code: 2, out: [], lines: 1 });
    expect(error[0]).toMatch(
      /^cannot sign: user share: must be (64 hexadecimal characters|a little-endian integer from 1 to the group order minus 1)$/,
    );
  });

  it.each(FIELD_MESSAGES.signed)('signs $what', async ({ hash, combined }) => {
    for (const text of [hash, hash.toUpperCase()]) {
      expect(await run([text], FIELD_WALLET.private_key)).toEqual({ code: 0, out: [combined], error: [] });
    }
  });

  it.each([...FIELD_MESSAGES.refused, { what: '0x before it', hash: `0x${HASH}` }])(
    'refuses $what',
    async ({ hash }) => {
      expect(await run([hash], secretKey)).toEqual({
        code: 2,
        out: [],
        error: ['cannot sign: hash: must be 2 to 2048 hexadecimal characters, an even number of them'],
      });
    },
  );

  it.each([[[]], [[HASH, secretKey]]])('takes one word, so that no share comes on the command line', async (words) => {
    const { code, out, error } = await run(words, secretKey);
    expect({ code, out }).toEqual({ code: 2, out: [] });
    expect(error[0]).toMatch(/^error: (missing required|too many) argument/);
    expect(error.join()).not.toContain(secretKey);
  });

  it('lets nobody type a share, which the screen would show', async () => {
    const { code, out, error } = await kmsHere(['sign', HASH], {});
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toMatch(/^cannot sign: the user share comes on standard input, [^\n]+\n$/);
  });
});
