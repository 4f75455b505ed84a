import { MalformedInputError } from '../../errors/malformed-input-error.js';

/**
 * A note, a key, a checkpoint, a proof or a bundle of entries is not written as its format demands. The message names
 * the part and the line, and never holds what stands there: it comes from whoever made the file.
 */
export class MalformedTlogError extends MalformedInputError {
  /** @param must what the part must be or must not be, to be read after its name */
  constructor(field: string, must: string) {
    super(field, `${field} ${must}`);
    this.name = 'MalformedTlogError';
  }
}
