import { setting } from './setting.js';
import { wholeNumber } from './setting-parsers.js';

const perSecond = wholeNumber(0, 1_000_000);

/** How much one client may ask for. */
export const RATE_SETTINGS = {
  RATE_PER_USER: setting({
    unit: 'requests a second',
    default: '10000',
    example: '50',
    summary: 'What one user may ask for with tokens; beyond it 429 with Retry-After. 0 is no limit.',
    parse: perSecond,
  }),
  RATE_PER_SPLIT_KEY: setting({
    unit: 'signatures a second',
    default: '10000',
    example: '20',
    summary:
      'What one split key may sign; beyond it 429 with Retry-After. Only new hashes and messages whose partial ' +
      'signature verified count. 0 is no limit.',
    parse: perSecond,
  }),
  RATE_REFUSALS_PER_SPLIT_KEY: setting({
    unit: 'refusals a second',
    default: '100',
    example: '10',
    summary:
      'How often the holder of one split key is told that it may not sign something new, each time with an entry of the ' +
      'record, or asks something new in a dry run; beyond it 429 with Retry-After. 0 is no limit.',
    parse: perSecond,
  }),
  RATE_PER_ADDRESS: setting({
    unit: 'requests a second',
    default: '10000',
    example: '100',
    summary:
      'What may come from one client address (of IPv6: from one /64) beside what a token or a new signature proves; ' +
      'beyond it 429 with Retry-After. Health is not limited. 0 is no limit.',
    parse: perSecond,
  }),
  RATE_BURST_SECONDS: setting({
    unit: 'seconds',
    default: '2',
    example: '10',
    summary: 'How many seconds’ worth of requests may come at once, after a pause as long. 1 to 60.',
    parse: wholeNumber(1, 60),
  }),
} as const;
