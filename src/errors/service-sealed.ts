import { DomainError } from './domain-error.js';

/** What everybody is told whose request wants a secret while the service is sealed. Made once, as many will ask. */
export const SERVICE_SEALED = new DomainError(
  'SERVICE.SEALED',
  'the operator has sealed the service: nothing is signed, made or shown that is secret until it is unsealed',
);
