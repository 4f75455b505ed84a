import type { Statements } from '../../database/statements.js';
import type { KeptCheckpoint } from '../log/checkpoint-table.js';

/** Of which log, and by the key of which vkey. */
interface Cosigner {
  readonly origin: string;
  readonly witness: string;
}

const LARGEST = 'SELECT size FROM audit_cosignatures WHERE origin = ? AND witness = ? ORDER BY size DESC LIMIT 1';

const LINE = 'SELECT line FROM audit_cosignatures WHERE origin = ? AND witness = ? AND size = ?';

const INSERT = 'INSERT INTO audit_cosignatures (origin, witness, size, line) VALUES (?, ?, ?, ?)';

/** How many entries the largest checkpoint has that a witness has cosigned; `undefined` when there is none. */
export function largestCosigned({ origin, witness }: Cosigner, statements: Statements): number | undefined {
  return statements.first<{ size: number }>(LARGEST, origin, witness)?.size;
}

/** Keeps a line unless that witness's is there already: of the same checkpoint the first is as good as any. */
export function keepCosignature(
  { origin, witness }: Cosigner,
  { size, line }: { readonly size: number; readonly line: string },
  statements: Statements,
): void {
  if (lineOf({ origin, witness }, size, statements) !== undefined) return;
  statements.runOne(INSERT, origin, witness, size, line);
}

/** The checkpoint with the lines that these witnesses have put below it. */
export function withCosignatures(
  checkpoint: KeptCheckpoint,
  witnesses: readonly string[],
  statements: Statements,
): KeptCheckpoint {
  const { origin, size, note } = checkpoint;
  const lines = witnesses.map((witness) => lineOf({ origin, witness }, size, statements) ?? '');
  return { ...checkpoint, note: `${note}${lines.join('')}` };
}

function lineOf({ origin, witness }: Cosigner, size: number, statements: Statements): string | undefined {
  return statements.first<{ line: string }>(LINE, origin, witness, size)?.line;
}
