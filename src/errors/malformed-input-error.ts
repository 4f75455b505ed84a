/**
 * A field of somebody's input is not what it has to be. Each parser below the edge throws a class of its own that extends
 * this one, so that the edge can tell all of them without knowing any.
 */
export abstract class MalformedInputError extends Error {
  /** The field's name on the wire, as the caller of the parser gave it. */
  readonly field: string;

  /** @param message begins with the field and never holds its value */
  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}
