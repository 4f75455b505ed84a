import { CannotVerifyError, DamagedRecordError } from '../../audit/verify/record-source.js';
import { MalformedTlogError } from '../../audit/tlog/malformed-tlog-error.js';
import { codeOf } from '../../errors/error-code.js';
import { StartError } from '../../errors/start-error.js';
import { printable } from './printable.js';
import type { Terminal } from './terminal.js';

/** Runs a command; why it could not is told in one line, and its exit code is 2. */
export async function orCannot(terminal: Terminal, what: string, run: () => number | Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    const why = reasonOf(error);
    if (why === undefined) throw error;
    terminal.error(printable(`cannot ${what}: ${why}`));
    return 2;
  }
}

function reasonOf(error: unknown): string | undefined {
  if (error instanceof CannotVerifyError || error instanceof DamagedRecordError) return error.message;
  if (error instanceof StartError) return error.message;
  if (error instanceof MalformedTlogError) return `--${error.message}`;
  const { syscall, path } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return undefined;
  return `${path ?? 'a file'} cannot be read or written (${codeOf(error) ?? 'unknown error'})`;
}
