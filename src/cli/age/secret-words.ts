import { readFileSync, statSync } from 'node:fs';
import { readSecretFile } from '../../config/secret-file.js';
import { StartError } from '../../errors/start-error.js';

/** Of a backup that is stolen, every passphrase can be tried that somebody can think of. */
const LEAST_PASSPHRASE_CHARACTERS = 16;
const MOST_BYTES = 65_536;

/**
 * The passphrase in a file: its only line, UTF-8. Throws `StartError`: missing, open to other users, of several lines, or
 * too short to be worth anything.
 *
 * It becomes a string, which nobody can overwrite: age-encryption takes no other.
 */
export function readPassphrase(file: string): string {
  const [passphrase = '', ...more] = linesOf(readSecret(file, '--passphrase-file'));
  if (more.length > 0) throw new StartError('--passphrase-file must hold one line, the passphrase');
  if (Array.from(passphrase).length < LEAST_PASSPHRASE_CHARACTERS) {
    throw new StartError(
      `--passphrase-file holds fewer than ${LEAST_PASSPHRASE_CHARACTERS} characters: take six random words or more, or an age recipient`,
    );
  }
  return passphrase;
}

/** The lines of a file of age identities, such as `age-keygen` makes. Throws `StartError` as {@link readPassphrase} does. */
export function readIdentities(file: string): readonly string[] {
  return linesThatCount(readSecret(file, '--identity'), '--identity');
}

/** The lines of a file of age recipients: public, so it may be open to all. Throws `StartError`. */
export function readRecipients(file: string): readonly string[] {
  const status = statSync(file, { throwIfNoEntry: false });
  if (status?.isFile() !== true) throw new StartError('--recipients-file names a file that does not exist');
  if (status.size > MOST_BYTES) throw new StartError(`--recipients-file is a file of more than ${MOST_BYTES} bytes`);
  return linesThatCount(readFileSync(file), '--recipients-file');
}

function readSecret(file: string, option: string): Buffer {
  const content = readSecretFile(file, option, 'operators');
  if (content === undefined) throw new StartError(`${option} names a file that does not exist`);
  return content;
}

function linesThatCount(content: Buffer, option: string): readonly string[] {
  const lines = linesOf(content).map((line) => line.trim());
  const counting = lines.filter((line) => line !== '' && !line.startsWith('#'));
  if (counting.length === 0) throw new StartError(`${option} names a file without a key`);
  return counting;
}

/** Wipes the content. The line end of the last line is none of its own. */
function linesOf(content: Buffer): readonly string[] {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    return text.replace(/\r?\n$/, '').split(/\r?\n/);
  } catch {
    throw new StartError('a file of keys or a passphrase is not UTF-8');
  } finally {
    content.fill(0);
  }
}
