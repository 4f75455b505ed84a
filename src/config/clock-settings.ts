import { setting } from './setting.js';
import { wholeNumber } from './setting-parsers.js';

/** A day: a clock that is wrong by more is not believed by anybody. */
const LONGEST_SECONDS = 86_400;

/** How far the machine's clock is believed. */
export const CLOCK_SETTINGS = {
  CLOCK_TOLERANCE_SECONDS: setting({
    unit: 'seconds',
    default: '300',
    example: '60',
    summary:
      'How far the clock may fall behind the time that it had shown before: beyond it nothing is signed. For as long ' +
      'must a clock that has jumped ahead by more go on in step before it is believed.',
    parse: wholeNumber(1, LONGEST_SECONDS),
  }),
} as const;
