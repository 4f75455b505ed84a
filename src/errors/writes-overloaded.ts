import { DomainError } from './domain-error.js';

/** What a write is told that finds no room. Made once: an error's stack is the dearest part of such a refusal. */
export const WRITES_OVERLOADED = new DomainError(
  'WRITES.OVERLOADED',
  'too many changes wait to be made; nothing was changed, try again shortly',
);
