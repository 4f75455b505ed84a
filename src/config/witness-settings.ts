import { parseVkey } from '../audit/tlog/verifier-key.js';
import type { VerifierKey } from '../audit/tlog/verifier-key.js';
import { MalformedInputError } from '../errors/malformed-input-error.js';
import { ConfigurationError } from './configuration-error.js';
import { optionalSetting, setting } from './setting.js';
import { oneOf, wholeNumber } from './setting-parsers.js';

/** More would make an answer of a checkpoint longer than anybody needs. */
const MOST_WITNESSES = 16;

/** Who else sees every checkpoint of the record. */
export const WITNESS_SETTINGS = {
  AUDIT_WITNESS_URLS: optionalSetting({
    unit: 'URLs, each with a vkey behind it',
    default: 'no witness is asked',
    example: 'https://witness.example witness.example/w1+a3c6cb37+BN1zw971JkODahCia1f0B/X1jEUYeoVTc/cdu5/zbLFb',
    summary:
      'Witnesses that cosign every checkpoint ([record.md](record.md#witnesses)): where `/add-checkpoint` is, and the key ' +
      'that it signs with, separated by white space; at most 16. A start is refused when a witness has seen more of the ' +
      'record than there is.',
    parse: witnesses,
  }),
  AUDIT_WITNESS_QUORUM: optionalSetting({
    unit: 'number',
    default: 'all of them',
    example: '2',
    summary: 'How many of `AUDIT_WITNESS_URLS` must have cosigned a checkpoint for it to be witnessed.',
    parse: wholeNumber(1, MOST_WITNESSES),
  }),
  AUDIT_WITNESS_POLICY: setting({
    unit: 'word',
    default: 'warn',
    example: 'require',
    summary:
      'What follows when entries are not witnessed for three checkpoint intervals, at least 60 seconds, or a witness ' +
      'contradicts: `warn` in `/health/ready` and the log; with `require` nothing is signed either.',
    parse: oneOf('warn', 'require'),
  }),
} as const;

/** A witness, and where it is asked. */
export interface ConfiguredWitness {
  /** Of its `add-checkpoint`. */
  readonly url: URL;
  /** Of the type cosignature/v1. */
  readonly key: VerifierKey;
}

function witnesses(text: string, name: string): readonly ConfiguredWitness[] {
  const words = text.trim().split(/\s+/);
  if (words.length % 2 !== 0)
    throw new ConfigurationError(name, 'must be URLs, each followed by the vkey of its witness');
  if (words.length > 2 * MOST_WITNESSES)
    throw new ConfigurationError(name, `must be at most ${MOST_WITNESSES} witnesses`);
  const pairs = Array.from({ length: words.length / 2 }, (_, at) => ({
    url: addCheckpointUrl(words[2 * at] ?? '', name),
    key: witnessKey(words[2 * at + 1] ?? '', name),
  }));
  // Two names of one key are one witness.
  if (new Set(pairs.map(({ key }) => key.publicKey.toString('hex'))).size < pairs.length) {
    throw new ConfigurationError(name, 'must name each key once: who is asked twice has not been seen by two');
  }
  return pairs;
}

/** Where to ask (tlog-witness: `<submission prefix>/add-checkpoint`). */
function addCheckpointUrl(text: string, name: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url !== undefined && /^https?:$/.test(url.protocol) && `${url.username}${url.password}` === '';
  if (!isPlain || text.includes('?') || text.includes('#')) {
    throw new ConfigurationError(name, 'must hold http or https URLs, without user, query and fragment');
  }
  url.pathname = `${url.pathname.replace(/\/$/, '')}/add-checkpoint`;
  return url;
}

function witnessKey(text: string, name: string): VerifierKey {
  try {
    const key = parseVkey(text, 'a vkey');
    if (key.type === 'cosignature/v1') return key;
  } catch (error) {
    if (!(error instanceof MalformedInputError)) throw error;
    throw new ConfigurationError(name, `holds a vkey that is none: ${error.message}`);
  }
  throw new ConfigurationError(name, 'must hold vkeys of witnesses, which are of type 4 (cosignature/v1)');
}
