import { HUNDRED_YEARS_SECONDS } from '../clock/hundred-years.js';
import { setting } from './setting.js';
import { oneOf, wholeNumber } from './setting-parsers.js';

/** A day: no wallet's clock is wrong by more, and whoever means more means no bound. */
const LONGEST_SKEW_SECONDS = 86_400;

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
  MAX_WALLETS_PER_USER: setting({
    unit: 'wallets',
    default: '1000',
    example: '50',
    summary:
      'How many wallets a user may make or store. Ten times as many that are deleted and not yet destroyed stop new ones ' +
      'too. 0 is no limit. What exists is never blocked.',
    parse: wholeNumber(0, 1_000_000_000),
  }),
  MAX_SPLIT_KEYS_PER_WALLET: setting({
    unit: 'split keys',
    default: '1000',
    example: '50',
    summary:
      'How many split keys of a wallet may be live, which is neither revoked nor expired; those of `/setup` per owner and ' +
      'client id. 0 is no limit. What exists is never blocked.',
    parse: wholeNumber(0, 1_000_000_000),
  }),
  MAX_SHARES_TO_ONE_RECIPIENT: setting({
    unit: 'split keys',
    default: '100',
    example: '20',
    summary: 'How many live split keys one user may share with another. 0 is any number.',
    parse: wholeNumber(0, 1_000_000),
  }),
  MAX_SHARES_PER_SENDER: setting({
    unit: 'split keys',
    default: '1000',
    example: '5000',
    summary: 'How many live split keys one user may share in all. 0 is any number.',
    parse: wholeNumber(0, 1_000_000),
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
  TXN_CREATION_SKEW_SECONDS: setting({
    unit: 'seconds',
    default: '600',
    example: '120',
    summary:
      'How far ahead of now the creation date of a transaction may be, for every split key: what is signed today must ' +
      'not become usable after tomorrow’s revocation. None, or 0 in the transaction, passes. 0 here is no bound, up to ' +
      'a day else. Not looked at under `trust-hash`.',
    parse: wholeNumber(0, LONGEST_SKEW_SECONDS),
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
