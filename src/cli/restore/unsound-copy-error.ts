import { StartError } from '../../errors/start-error.js';

/** A copy was looked at in full, and does not hold: no other key or setting would have it restored. */
export class UnsoundCopyError extends StartError {}
