import { CannotVerifyError, DamagedRecordError } from '../../audit/verify/record-source.js';
import { MalformedTlogError } from '../../audit/tlog/malformed-tlog-error.js';
import { codeOf } from '../../errors/error-code.js';
import { MalformedInputError } from '../../errors/malformed-input-error.js';
import { startFailure } from '../../start/start-failure.js';
import { printable } from './printable.js';
import type { Terminal } from './terminal.js';

/** Runs a command; why it could not is told in one line, and its exit code is 2. */
export async function orCannot(terminal: Terminal, what: string, run: () => number | Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    tellWhy(terminal, what, error);
    return 2;
  }
}

/** In one line where somebody can mend it, else the whole stack. */
export function tellWhy(terminal: Terminal, what: string, error: unknown): void {
  const [first = '', ...stack] = reasonOf(error).split('\n');
  for (const line of [`cannot ${what}: ${first}`, ...stack]) terminal.error(printable(line));
}

function reasonOf(error: unknown): string {
  if (error instanceof CannotVerifyError || error instanceof DamagedRecordError) return error.message;
  if (error instanceof MalformedTlogError) return `--${error.message}`;
  if (error instanceof MalformedInputError) return error.message;
  const { syscall, path } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return startFailure(error);
  return `${path ?? 'a file'} cannot be read or written (${codeOf(error) ?? 'unknown error'})`;
}
