import { decodeMessage, decodeSecretKey, encodeSignature } from '../../crypto/bls0chain/codec.js';
import { createProvenEngine } from '../../crypto/create-engine.js';
import { MalformedEncodingError } from '../../crypto/bls0chain/malformed-encoding-error.js';
import type { CommandOutput } from '../token.js';

const USAGE = 'usage: npm run -s sign -- <hash or other message in hexadecimal>, with the user share on standard input';

/** A user share is 64 characters; whoever sends much more has piped in something else. */
const MOST_INPUT_BYTES = 1024;

/**
 * Makes the user's partial signature over a hash, or any message of 1 to 1,024 bytes, as a wallet does on its own side. Writes it (64 hexadecimal
 * characters) and nothing else to `out`; whatever goes wrong goes to `error` in one line that repeats no input.
 *
 * @param words the command line after the script's name: the hash alone. Never a secret, since other users of the
 * machine can read command lines.
 * @param input the user share, 64 hexadecimal characters with or without white space around them; `undefined`
 * where it would have to be typed
 * @returns the exit code: 0, or 1 when nothing was signed
 */
export async function runSignCommand(
  words: readonly string[],
  input: AsyncIterable<Uint8Array> | undefined,
  { out, error }: CommandOutput,
): Promise<number> {
  const [hash, ...more] = words;
  if (hash === undefined || more.length > 0 || input === undefined) {
    error(USAGE);
    return 1;
  }
  try {
    const message = decodeMessage(hash, 'hash');
    out(encodeSignature(await signWithShareFrom(input, message)));
    return 0;
  } catch (failure) {
    if (!(failure instanceof MalformedEncodingError)) throw failure;
    error(failure.message);
    return 1;
  }
}

async function signWithShareFrom(input: AsyncIterable<Uint8Array>, message: Uint8Array): Promise<Uint8Array> {
  const engine = await createProvenEngine('herumi');
  const share = decodeSecretKey(await readShare(input), 'user share');
  try {
    return engine.sign(share, message);
  } finally {
    share.wipe();
  }
}

async function readShare(input: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of input) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MOST_INPUT_BYTES) throw new MalformedEncodingError('user share', 'must be 64 hexadecimal characters');
  }
  const bytes = Buffer.concat(chunks);
  const text = bytes.toString('latin1').trim();
  for (const buffer of [bytes, ...chunks]) buffer.fill(0);
  return text;
}
