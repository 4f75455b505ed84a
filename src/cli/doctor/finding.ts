import { codeOf } from '../../errors/error-code.js';
import { startFailure } from '../../start/start-failure.js';

/** What was looked at, how it is, and what to do about it. */
export interface Finding {
  readonly name: string;
  /** `warn`: it serves all the same. `bad`: it does not, or not for long, or not what was signed. */
  readonly state: 'ok' | 'warn' | 'bad';
  /** One line, without secrets; of what is not well, also what to do. */
  readonly text: string;
}

/** Looks at one thing. What it throws says what is wrong, as a start would: that is a finding too. */
export async function look(
  name: string,
  work: () => readonly Omit<Finding, 'name'>[] | Promise<readonly Omit<Finding, 'name'>[]>,
): Promise<readonly Finding[]> {
  try {
    return (await work()).map((found) => ({ name, ...found }));
  } catch (error) {
    return [{ name, state: 'bad', text: oneLine(error) }];
  }
}

function oneLine(error: unknown): string {
  const { syscall, path } = error as NodeJS.ErrnoException;
  if (syscall !== undefined) return `${path ?? 'a file'} cannot be looked at (${codeOf(error) ?? 'unknown error'})`;
  return startFailure(error).split('\n')[0] ?? '';
}
