import { decodeSecretKey, encodeSignature } from '../crypto/bls0chain/codec.js';
import { MalformedEncodingError } from '../crypto/bls0chain/malformed-encoding-error.js';
import { createProvenEngine } from '../crypto/create-engine.js';

/** A user share is 64 characters; whoever sends much more has piped in something else. */
const MOST_INPUT_BYTES = 1024;

/**
 * Makes the user's partial signature over a message, as a wallet does on its own side. Resolves with 64 hexadecimal
 * characters; rejects with `MalformedEncodingError`, which repeats nothing of the share.
 *
 * @param input the user share, 64 hexadecimal characters with or without white space around them
 */
export async function partialFrom(input: AsyncIterable<Uint8Array>, message: Uint8Array): Promise<string> {
  const engine = await createProvenEngine('herumi');
  const share = decodeSecretKey(await readShare(input), 'user share');
  try {
    return encodeSignature(engine.sign(share, message));
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
