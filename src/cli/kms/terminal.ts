import type { CommandOutput } from '../token.js';

/** Where a command of `kms` writes, line by line. */
export interface Terminal extends CommandOutput {
  /** Whether somebody watches what `error` is told. */
  readonly isTerminal?: boolean;
}
