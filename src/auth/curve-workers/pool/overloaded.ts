import { DomainError } from '../../../errors/domain-error.js';

/**
 * What a request is told that finds no room. Made once: under overload there are thousands a second, and an error's
 * stack is the dearest part of a refusal.
 */
export const OVERLOADED = new DomainError('SIGNING.OVERLOADED', 'too many signing requests wait; try again shortly');
