import { open } from 'node:fs/promises';
import { Decrypter } from 'age-encryption';
import { codeOf } from '../../errors/error-code.js';
import { StartError } from '../../errors/start-error.js';
import { streamOf, writeTo } from './file-streams.js';
import { readIdentities, readPassphrase } from './secret-words.js';

/** What opens a file, as the command line has it. */
export interface DecryptionOptions {
  readonly identity?: readonly string[];
  readonly passphraseFile?: string;
}

/** Decrypts a file of age into a new one (mode 0600). Rejects with `StartError` as {@link decryptionFor} says. */
export type Decrypt = (file: string, target: string) => Promise<void>;

/**
 * What decrypts for these identities or with this passphrase; `undefined` where neither was given. Throws `StartError`.
 *
 * So does what it returns: nothing given opens the file, or it was cut short or altered. That may be seen at its end alone:
 * the new file is there all the same then.
 */
export function decryptionFor(options: DecryptionOptions): Decrypt | undefined {
  const decrypter = decrypterFor(options);
  return decrypter === undefined ? undefined : (file, target) => decryptInto(target, file, decrypter);
}

function decrypterFor({ identity = [], passphraseFile }: DecryptionOptions): Decrypter | undefined {
  if (identity.length === 0 && passphraseFile === undefined) return undefined;
  const decrypter = new Decrypter();
  if (passphraseFile !== undefined) decrypter.addPassphrase(readPassphrase(passphraseFile));
  for (const word of identity.flatMap(readIdentities)) {
    try {
      decrypter.addIdentity(word);
    } catch {
      throw new StartError('--identity names a file in which a line is no identity of age (AGE-SECRET-KEY-…)');
    }
  }
  return decrypter;
}

async function decryptInto(target: string, file: string, decrypter: Decrypter): Promise<void> {
  const source = await open(file, 'r');
  try {
    const plain = await openedBy(decrypter, file, streamOf(source));
    const handle = await open(target, 'wx', 0o600);
    try {
      await writeTo(handle, plain);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof StartError) throw error;
    const { syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw new StartError(`${file} was cut short or altered`, { cause: error });
    throw new StartError(`${file} cannot be decrypted to ${target} (${codeOf(error) ?? 'unknown error'})`);
  } finally {
    await source.close();
  }
}

async function openedBy(
  decrypter: Decrypter,
  file: string,
  stream: ReadableStream<Uint8Array>,
): Promise<ReadableStream<Uint8Array>> {
  try {
    return await decrypter.decrypt(stream);
  } catch (error) {
    // The library has no classes of errors. All of its others say that the header is not as it was written.
    if (!(error as Error).message.includes('no identity matched')) throw error;
    throw new StartError(`${file} opens neither with an identity that was given nor with the passphrase`);
  }
}
