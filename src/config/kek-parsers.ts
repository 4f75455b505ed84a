import { SecretBytes } from '../crypto/secret-bytes.js';
import { ConfigurationError } from './configuration-error.js';
import { isLoopback } from './loopback.js';
import { parseSealingKey } from './sealing-key-text.js';

const LEAST_PASSPHRASE_CHARACTERS = 12;
const NAME = /^\w(?:[\w.-]*\w)?$/;

/** Parsers of the settings of key-encryption keys. Each throws `ConfigurationError` naming the setting, never the text. */
export const kekParsers = {
  secret: (text: string, name: string): SecretBytes => parseSealingKey(bytesOf(text), name),

  passphrase: (text: string, name: string): SecretBytes => {
    if (Array.from(text).length < LEAST_PASSPHRASE_CHARACTERS) {
      throw new ConfigurationError(name, `must be at least ${LEAST_PASSPHRASE_CHARACTERS} characters long`);
    }
    return new SecretBytes(bytesOf(text));
  },

  pin: (text: string): SecretBytes => new SecretBytes(bytesOf(text)),

  serverUrl: (text: string, name: string): URL => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
    if (url === undefined || !isSafe || url.username !== '' || url.search !== '' || url.hash !== '') {
      throw new ConfigurationError(
        name,
        'must be an https URL without user, password and query; http only on loopback',
      );
    }
    return url;
  },

  mount: (text: string, name: string): string => {
    if (text.split('/').every((part) => NAME.test(part))) return text;
    throw new ConfigurationError(name, 'must be a path of letters, digits, _, - and . without slashes around it');
  },

  serverName: (text: string, name: string): string => {
    if (NAME.test(text)) return text;
    throw new ConfigurationError(name, 'must be a name of letters, digits, _, - and .');
  },

  namespace: (text: string, name: string): string => {
    if (/^[\x21-\x7e]+$/.test(text)) return text;
    throw new ConfigurationError(name, 'must be ASCII without white space');
  },

  label: (text: string, name: string): string => {
    if (text.trim() === text && !/\p{Cc}/u.test(text) && Buffer.byteLength(text) <= 255) return text;
    throw new ConfigurationError(name, 'must be one line of at most 255 bytes without white space around it');
  },

  keyId: (text: string, name: string): string => {
    if (/^(?:[0-9a-f]{2}){1,64}$/i.test(text)) return text.toLowerCase();
    throw new ConfigurationError(name, 'must be hexadecimal, two digits a byte');
  },

  variables: (text: string, name: string): readonly string[] => {
    const names = text.split(',').map((one) => one.trim());
    // What has the loader load other code, or is ours, is nothing that a library's own settings need.
    const isFit = (one: string): boolean =>
      /^[A-Za-z_]\w*$/.test(one) && !/^(?:LD_|DYLD_|NODE_|KEK_|ZAUTH_KEK_)/.test(one);
    if (names.every(isFit)) return Object.freeze(names);
    throw new ConfigurationError(name, 'must be names of variables, none of LD_…, NODE_… or of ours');
  },
} as const;

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
