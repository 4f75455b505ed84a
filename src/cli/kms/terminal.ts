import type { Clock } from '../../clock/clock.js';

/** Where a command of `kms` writes, line by line. */
export interface Terminal {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
  /** Whether somebody watches what `error` is told. */
  readonly isTerminal?: boolean;
}

/** What a command of `kms` is given by whoever runs it. */
export interface Surroundings extends Terminal {
  /** The process's own if `undefined`. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  /** The machine's if absent. */
  readonly clock?: Clock;
  /** Standard input; `undefined` where it would have to be typed. */
  readonly input?: AsyncIterable<Uint8Array> | undefined;
}
