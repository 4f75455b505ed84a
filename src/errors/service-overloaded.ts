import { DomainError } from './domain-error.js';

/** What a request is told that has waited long enough. Made once: an error's stack is the dearest part of such a refusal. */
export const SERVICE_OVERLOADED = new DomainError(
  'SERVICE.OVERLOADED',
  'too many requests wait, or too many of yours; nothing was done, try again shortly',
);
