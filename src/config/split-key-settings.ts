import { HUNDRED_YEARS_SECONDS } from '../clock/hundred-years.js';
import { setting } from './setting.js';
import { oneOf, wholeNumber } from './setting-parsers.js';

/** What split keys may sign and how long, and which engine signs. */
export const SPLIT_KEY_SETTINGS = {
  KEY_TTL_SECONDS: setting({
    unit: 'seconds',
    default: '0',
    example: '2592000',
    summary: 'How long split keys made without `expires_at` sign. 0 is for ever.',
    parse: wholeNumber(0, HUNDRED_YEARS_SECONDS),
  }),
  DELETION_GRACE_DAYS: setting({
    unit: 'days',
    default: '7',
    example: '30',
    summary:
      'How long a deleted wallet can be brought back (not its split keys), and the shares of an expired split key are ' +
      'kept, so that a later expiry can bring it back. 0 is not at all. At most 3650.',
    parse: wholeNumber(0, 3650),
  }),
  TXN_VERIFICATION: setting({
    unit: 'word',
    default: 'strict',
    example: 'strict',
    summary:
      "`strict` recomputes a transaction's hash before judging it. `trust-hash` believes the client, which makes " +
      "restrictions worthless; it is for upstream's test suite only.",
    parse: oneOf('strict', 'trust-hash'),
  }),
  SDK_RESTRICTED_MESSAGES: setting({
    unit: 'word',
    default: 'allow',
    example: 'deny',
    summary:
      'Whether a list of restrictions set through the SDK dialect also allows signing messages of any length ' +
      '(`allow`) or not (`deny`). Wallets in the field need messages; a message can be the hash of any transaction.',
    parse: oneOf('allow', 'deny'),
  }),
  BLS_ENGINE: setting({
    unit: 'word',
    default: 'herumi',
    example: 'noble',
    summary: 'Which implementation signs: `herumi` (WebAssembly, fast) or `noble` (TypeScript, slow, independent).',
    parse: oneOf('herumi', 'noble'),
  }),
} as const;
