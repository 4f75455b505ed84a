import type { SqliteUnitOfWork } from './sqlite-unit-of-work.js';
import type { Statements } from './statements.js';

const READ = 'SELECT at_ms FROM believed_time WHERE id = 1';
const REPLACE = `INSERT INTO believed_time (id, at_ms) VALUES (1, ?)
  ON CONFLICT (id) DO UPDATE SET at_ms = excluded.at_ms`;

/** The time that the service believed last, kept through restarts. Milliseconds since the Unix epoch. */
export class BelievedTime {
  constructor(private readonly unitOfWork: SqliteUnitOfWork) {}

  /** 0 in a database in which nothing was ever recorded. */
  read(): Promise<number> {
    return this.unitOfWork.readAtOnce(readBelievedTime);
  }

  /** Keeps a later time; of an earlier one nothing happens. */
  async raise(milliseconds: number): Promise<void> {
    await this.unitOfWork.writeAtOnce((statements) => {
      if (milliseconds > readBelievedTime(statements)) replaceBelievedTime(statements, milliseconds);
    });
  }
}

export function readBelievedTime(statements: Statements): number {
  return statements.first<{ readonly at_ms: number }>(READ)?.at_ms ?? 0;
}

/** By any other, an earlier one too: for the operator alone. */
export function replaceBelievedTime(statements: Statements, milliseconds: number): void {
  statements.runOne(REPLACE, milliseconds);
}
