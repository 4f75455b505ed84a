import type { Facts } from '../facts/facts.js';
import type { Tally } from './usage.js';

/** What is asked for, as limits count it. Of a transaction whose hash is believed no value is known. */
export function tallyOf(facts: Facts): Tally {
  return { valueSas: 'valueSas' in facts ? facts.valueSas : 0n, count: 1 };
}
