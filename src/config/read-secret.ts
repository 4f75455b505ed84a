import { SecretBytes, unmovedCopy } from '../crypto/secret-bytes.js';
import { ConfigurationError } from './configuration-error.js';
import type { SecretSource } from './kek.js';
import { readSecretFile } from './secret-file.js';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * A copy of a secret, for the caller to wipe; of a file its bytes without the end of its one line. Throws
 * `ConfigurationError` naming the setting: no file, one that others can read, or more than a line.
 */
export function readSecret(source: SecretSource, production: boolean): SecretBytes {
  if (source.text !== undefined) return new SecretBytes(unmovedCopy(source.text.expose()));
  const content = readSecretFile(source.file, source.setting, 'operators', production);
  if (content === undefined) throw new ConfigurationError(source.setting, 'names a file that does not exist');
  try {
    let end = content.length;
    if (content[end - 1] === LINE_FEED) end -= content[end - 2] === CARRIAGE_RETURN ? 2 : 1;
    const line = content.subarray(0, end);
    if (line.length === 0 || line.includes(LINE_FEED)) {
      throw new ConfigurationError(source.setting, 'must name a file with one line in it');
    }
    return new SecretBytes(unmovedCopy(line));
  } finally {
    content.fill(0);
  }
}
