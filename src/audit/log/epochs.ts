import type { Statements } from '../../database/statements.js';

/** A name under which the log goes, from a number of entries on. */
export interface Epoch {
  /** 0 for the first, whose origin is `AUDIT_ORIGIN` itself. */
  readonly number: number;
  readonly origin: string;
  readonly size: number;
}

const READ_EPOCHS = 'SELECT number, origin, size FROM audit_epochs ORDER BY number';

const BEGIN = 'INSERT INTO audit_epochs (number, origin, size, at_ms) VALUES (?, ?, ?, ?)';

/** All of them, the first one first. */
export function readEpochs(statements: Statements): readonly Epoch[] {
  return statements.all<Epoch>(READ_EPOCHS);
}

export function beginEpoch({ number, origin, size }: Epoch, atMilliseconds: number, statements: Statements): void {
  statements.runOne(BEGIN, number, origin, size, atMilliseconds);
}

/** The log's name after so many accepted rollbacks. */
export function originOf(base: string, number: number): string {
  return number === 0 ? base : `${base}/e${number}`;
}

/** How many accepted rollbacks a name tells of; `undefined` for another log's name. */
export function epochNumberIn(origin: string, base: string): number | undefined {
  if (origin === base) return 0;
  const [, digits] = /^\/e([1-9]\d{0,8})$/.exec(origin.startsWith(base) ? origin.slice(base.length) : '') ?? [];
  return digits === undefined ? undefined : Number(digits);
}
