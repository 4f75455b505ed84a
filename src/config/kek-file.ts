import { ConfigurationError } from './configuration-error.js';
import type { KekConfiguration, KekPrefix } from './kek.js';
import { KEK_NAMES, kekConfiguration } from './kek-configuration.js';
import { settingValues } from './setting-values.js';

const MOST_LINES = 100;

/**
 * The key that an operator describes in a file: `NAME=value` lines, as they will stand in the service's environment later.
 * Blank lines and those that begin with `#` mean nothing; a value is what stands behind the first `=`.
 *
 * Throws `ConfigurationError` naming the setting or the line, never a value: also for settings that are none of a key's,
 * and for both halves' at once.
 *
 * @param environment of the process: what is a proxy there is one for this key, too
 */
export function parseKekFile(text: string, environment: NodeJS.ProcessEnv = process.env): KekConfiguration {
  const set = new Map<string, string>();
  const lines = text.split(/\r?\n/);
  if (lines.length > MOST_LINES) throw new ConfigurationError('the file', `must have at most ${MOST_LINES} lines`);
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, name, value] = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined)
      throw new ConfigurationError(`line ${index + 1}`, 'must be NAME=value');
    if (set.has(name)) throw new ConfigurationError(name, 'is there twice');
    set.set(name, value);
  }
  const prefix = prefixOf([...set.keys()]);
  const inherited = ['HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy', 'NODE_ENV'];
  const values = settingValues({
    ...Object.fromEntries(inherited.map((name) => [name, environment[name]])),
    ...Object.fromEntries(set),
  });
  const described = set.has(`${prefix}KEK_PROVIDER`) ? kekConfiguration(values, prefix) : undefined;
  if (described === undefined) throw new ConfigurationError(`${prefix}KEK_PROVIDER`, 'must be set in the file');
  if (described.provider === 'file' && described.file === undefined) {
    throw new ConfigurationError('SEALING_KEY_FILE', 'must be set in the file');
  }
  if (described.provider === 'passphrase' && described.passphrase === undefined) {
    throw new ConfigurationError('KEK_PASSPHRASE_FILE', '(or KEK_PASSPHRASE) must be set in the file');
  }
  return described;
}

function prefixOf(names: readonly string[]): KekPrefix {
  const known = (prefix: KekPrefix): Set<string> =>
    new Set(['KEK_PROVIDER', ...KEK_NAMES].map((name) => `${prefix}${name}`));
  const prefix = names.some((name) => name.startsWith('ZAUTH_')) ? 'ZAUTH_' : '';
  const strange = names.find((name) => !known(prefix).has(name));
  if (strange === undefined) return prefix;
  const isOther = known('').has(strange);
  throw new ConfigurationError(
    strange,
    isOther ? 'stands beside settings of ZAUTH_: describe one key in a file' : 'is no setting of a key-encryption key',
  );
}
