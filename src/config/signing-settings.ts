import { optionalSetting, setting } from './setting.js';
import { wholeNumber } from './setting-parsers.js';

/** How much signing is done at once, and how much may wait. */
export const SIGNING_SETTINGS = {
  SIGNING_WORKERS: optionalSetting({
    unit: 'threads',
    default: 'one a core',
    example: '2',
    summary:
      'Worker threads that do the curve arithmetic of signing. A CPU quota of the cgroup counts as so many cores, ' +
      'rounded down.',
    parse: wholeNumber(1, 256),
  }),
  SIGNING_BATCH_MAX: setting({
    unit: 'requests',
    default: '64',
    example: '32',
    summary: 'The most signing requests that a worker checks together. A single one is never made to wait.',
    parse: wholeNumber(1, 256),
  }),
  SIGNING_QUEUE_MAX: setting({
    unit: 'requests',
    default: '1024',
    example: '4096',
    summary: 'Signing requests that may wait for a worker; beyond it they are answered 503 with Retry-After at once.',
    parse: wholeNumber(1, 1_000_000),
  }),
} as const;
