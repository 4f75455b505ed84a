import { Encrypter } from 'age-encryption';
import { StartError } from '../../errors/start-error.js';
import { readPassphrase, readRecipients } from './secret-words.js';

/** For whom something is encrypted, as the command line has it. */
export interface EncryptionOptions {
  readonly recipient?: readonly string[];
  readonly recipientsFile?: string;
  readonly passphraseFile?: string;
}

const FOR_WHOM =
  'for whom to encrypt must be said: --recipient age1…, which age-keygen tells, --recipients-file FILE or ' +
  '--passphrase-file FILE';

/** Encrypts a stream as it comes. Rejects with `StartError` before it reads any of it. */
export type Encrypt = (plain: ReadableStream<Uint8Array>) => Promise<ReadableStream<Uint8Array>>;

/**
 * What encrypts for these recipients, each of whom can decrypt alone, or under this passphrase. Throws `StartError`; it
 * never repeats a word that is no recipient, which may be a secret key in the wrong place.
 */
export function encryptionFor(options: EncryptionOptions): Encrypt {
  const encrypter = encrypterFor(options);
  return async (plain) => {
    try {
      return await encrypter.encrypt(plain);
    } catch (error) {
      throw new StartError('one of the recipients is a key for which nothing can be encrypted', { cause: error });
    }
  };
}

function encrypterFor({ recipient = [], recipientsFile, passphraseFile }: EncryptionOptions): Encrypter {
  const encrypter = new Encrypter();
  const given = [...recipient, ...(recipientsFile === undefined ? [] : readRecipients(recipientsFile))];
  if (passphraseFile !== undefined) {
    if (given.length > 0)
      throw new StartError('a passphrase stands alone in the format of age: name no recipients too');
    encrypter.setPassphrase(readPassphrase(passphraseFile));
    return encrypter;
  }
  if (given.length === 0) throw new StartError(FOR_WHOM);
  for (const [index, word] of given.entries()) addTo(encrypter, word, index + 1);
  return encrypter;
}

function addTo(encrypter: Encrypter, word: string, number: number): void {
  if (/^AGE-SECRET-KEY-/i.test(word)) {
    throw new StartError(
      `recipient ${number} is a secret key: give its public one (age-keygen -y), and make a new pair if others saw it`,
    );
  }
  try {
    encrypter.addRecipient(word);
  } catch {
    throw new StartError(`recipient ${number} is no recipient of age (age1…); keys of SSH and plugins are not taken`);
  }
}
