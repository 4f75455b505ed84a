import type { Command } from 'commander';
import { printable } from './printable.js';
import type { Terminal } from './terminal.js';

/** A command of `kms` that does something, as its help tells it. */
export interface Leaf {
  readonly name: string;
  readonly description: string;
  /** One that works as it stands, behind `kms`. */
  readonly example: string;
  /** Whole lines, for what the description has no room for. */
  readonly notes?: string;
  /** What each exit code means: 0 that all is well, 1 that something is not as it should be, 2 that it could not be done. */
  readonly exit: Readonly<Partial<Record<0 | 1 | 2, string>>>;
}

/** Adds a command that has what each of them has: `--json`, an example, and what its exit codes mean. */
export function addLeaf(parent: Command, { name, description, example, notes, exit }: Leaf): Command {
  const codes = Object.entries(exit).map(([code, meaning]) => `${code} ${meaning}`);
  const help = [
    ...(notes === undefined ? [] : ['', notes]),
    '',
    `Example: kms ${example}`,
    `Exit code: ${codes.join(', ')}.`,
  ];
  return parent
    .command(name)
    .description(description)
    .option('--json', 'writes the answer as JSON')
    .addHelpText('after', help.join('\n'));
}

/** What a command found or did, for people and for programs. */
export interface Told {
  readonly lines: readonly string[];
  readonly json: object;
}

/** Tells it in one of the two ways. What may come out of a hostile file is made printable. */
export function tell({ out }: Pick<Terminal, 'out'>, isJson: true | undefined, { lines, json }: Told): void {
  const shown = isJson === true ? JSON.stringify(json, undefined, 2).split('\n') : lines;
  for (const line of shown) out(printable(line));
}
