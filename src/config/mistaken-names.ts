import { editDistance } from './edit-distance.js';
import { isInjectedAddress, isInjectedName } from './injected-names.js';

/** First words of our names that belong to everybody; a variable that begins with one need not be meant for us. */
const WORDS_OF_EVERYBODY = new Set([
  'ALLOWED',
  'BACKUP',
  'DATA',
  'DATABASE',
  'HOST',
  'HTTP',
  'HTTPS',
  'KEY',
  'LOG',
  'MAX',
  'NO',
  'NODE',
  'OPERATOR',
  'PORT',
  'PUBLIC',
]);

/** A variable that looks like a setting and is none. */
export interface MistakenName {
  readonly name: string;
  /** The setting that was probably meant, if one is near. */
  readonly meant: string | undefined;
  /** Whether it begins as only settings of this service begin, so that it was hardly meant for anything else. */
  readonly isOurs: boolean;
}

/**
 * The variables that look like one of `settings` and are none, in the order of the alphabet: what begins with a prefix
 * of ours (`JWT_`), what differs in a letter or two, in its last words (`KEY_TTL`) or in case only. Without those that
 * platforms put into every process.
 */
export function mistakenNames(environment: NodeJS.ProcessEnv, settings: readonly string[]): MistakenName[] {
  const known = new Set(settings);
  const prefixes = prefixesOf(settings);
  const names = Object.entries(environment).flatMap(([name, value]) =>
    // An empty variable counts as not set.
    value === undefined || value === '' || known.has(name) || isInjectedName(name) || isInjectedPort(name, value)
      ? []
      : [name],
  );
  return names.sort().flatMap((name) => {
    const isOurs = prefixes.some((prefix) => name.startsWith(prefix));
    const meant = nearest(name, settings);
    return isOurs || meant !== undefined ? [{ name, meant, isOurs }] : [];
  });
}

function isInjectedPort(name: string, value: string): boolean {
  return name.endsWith('_PORT') && isInjectedAddress(value);
}

/** `JWT_`, `SDK_` and the like: the first word of each setting of several words, unless everybody uses it. */
export function prefixesOf(settings: readonly string[]): readonly string[] {
  const words = settings.filter((name) => name.includes('_')).map((name) => name.split('_')[0] ?? '');
  return [...new Set(words)].filter((word) => !WORDS_OF_EVERYBODY.has(word)).map((word) => `${word}_`);
}

function nearest(name: string, settings: readonly string[]): string | undefined {
  const plain = name
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replace(/^KMS_/, '');
  const near = settings
    .map((setting) => ({ setting, distance: distanceOf(plain, setting) }))
    .filter(({ setting, distance }) => distance <= allowedDistance(setting))
    .sort((one, other) => one.distance - other.distance);
  return near[0]?.setting;
}

/** Short names are near to too much. */
function allowedDistance(setting: string): number {
  if (setting.length < 6) return 0;
  return setting.length < 10 ? 1 : 2;
}

/** How many letters differ; none when it is only a plural, one when letters are missing at the end or follow it. */
function distanceOf(name: string, setting: string): number {
  if (name === setting || name === `${setting}S` || setting === `${name}S`) return 0;
  return isBeginning(name, setting) || isBeginning(setting, name) ? 1 : editDistance(name, setting);
}

/** Whether `part` has more than the first word of `whole`, and nothing else. */
function isBeginning(part: string, whole: string): boolean {
  return /_./.test(part) && whole.startsWith(part);
}
