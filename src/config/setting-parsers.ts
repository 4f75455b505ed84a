import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { ConfigurationError } from './configuration-error.js';

// Every parser takes a non-empty text and the variable's name, and throws `ConfigurationError`.

/** A plain decimal integer from `least` to `most`: no sign, no leading zero, no exponent. */
export function wholeNumber(least: number, most: number): (text: string, name: string) => number {
  return (text, name) => {
    const value = /^(0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) {
      throw new ConfigurationError(name, `must be a whole number from ${least} to ${most}`);
    }
    return value;
  };
}

/** One of the given words, in exactly this spelling. */
export function oneOf<const Word extends string>(...words: readonly Word[]): (text: string, name: string) => Word {
  return (text, name) => {
    const word = words.find((candidate) => candidate === text);
    if (word === undefined) throw new ConfigurationError(name, `must be one of: ${words.join(', ')}`);
    return word;
  };
}

/** An IP address or a host name to listen on; neither scheme nor port nor brackets. */
export function hostName(text: string, name: string): string {
  if (/-(linux-(gnu|musl)\w*|apple-darwin[0-9.]*)$/.test(text)) {
    throw new ConfigurationError(
      name,
      'must be an IP address or a host name; it holds the name of a kind of machine, as conda and compilers set it: ' +
        'unset it, or set 127.0.0.1',
    );
  }
  const labels = text.split('.');
  const isName =
    text.length <= 253 &&
    labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(label)) &&
    // A last label of digits is an IPv4 address gone wrong.
    !/^[0-9]+$/.test(labels.at(-1) ?? '');
  if (isIP(text) === 0 && !isName) {
    throw new ConfigurationError(name, 'must be an IP address or a host name, without scheme and port');
  }
  return text;
}

/** A path, made absolute from the working directory. Nothing is expanded in it: that is the work of shells. */
export function path(text: string, name: string): string {
  if (/^~|\$[{(A-Za-z_]/.test(text)) {
    throw new ConfigurationError(name, 'must be a path as it stands: nothing expands ~ or $HOME where this was set');
  }
  if (/^["']|["']$/.test(text) || text.trim() !== text) {
    throw new ConfigurationError(name, 'must be a path without quotes and white space around it');
  }
  return resolve(text);
}

/** A SQLite file as an absolute path, or `:memory:`. */
export function sqliteDatabase(text: string, name: string): string {
  if (text === ':memory:') return text;
  if (/^([a-z][a-z0-9+.-]+)?:/i.test(text)) {
    throw new ConfigurationError(name, 'must be the path of a SQLite file or :memory:, not a URL');
  }
  return path(text, name);
}

/** A claim's expected value: at most 512 characters, no control characters, no white space around it. */
export function claimValue(text: string, name: string): string {
  if (text.length > 512 || text.trim() !== text || /\p{Cc}/u.test(text)) {
    throw new ConfigurationError(name, 'must be one line of at most 512 characters without white space around it');
  }
  return text;
}
